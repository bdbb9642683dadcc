package org.farthing.consensus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.column.Codec;
import org.junit.jupiter.api.Test;

class DecodingAheadTest {
  private static final int ROWS = 20_123;
  private static final List<String> ALL =
      IntStream.range(0, ROWS).mapToObj(Integer::toString).toList();

  private static final Codec<String> REFUSES_ONE =
      Codec.of(
          (value, out) -> {
            throw new AssertionError("nothing is written here");
          },
          in -> {
            String text = new String(in.bytes(in.remaining()), StandardCharsets.UTF_8);
            if (text.equals("12345")) {
              throw new DecodeException("this one is damaged");
            }
            return text;
          });

  private static List<String> decode(Codec<String> codec, Executor helpers) throws DecodeException {
    List<String> values = new ArrayList<>();
    DecodingAhead<String> rows = new DecodingAhead<>(codec, helpers, values::add);
    for (String text : ALL) {
      rows.add(text.getBytes(StandardCharsets.UTF_8));
    }
    rows.end();
    return values;
  }

  @Test
  void valuesKeepTheirOrderWhoeverDecodesThem() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      assertThat(decode(Codec.text(), threads)).isEqualTo(ALL);
    } finally {
      threads.shutdownNow();
    }
    assertThat(decode(Codec.text(), Runnable::run)).isEqualTo(ALL);
  }

  @Test
  void nobodyNeedsToHelp() throws Exception {
    Queue<Runnable> never = new ArrayDeque<>();
    assertThat(decode(Codec.text(), never::add)).isEqualTo(ALL);
    assertThat(never).isNotEmpty();
  }

  @Test
  void damageIsToldToTheReader() {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      for (Executor helpers : List.of(thread, (Executor) Runnable::run)) {
        assertThatThrownBy(() -> decode(REFUSES_ONE, helpers))
            .isInstanceOf(DecodeException.class)
            .hasMessage("this one is damaged");
      }
    } finally {
      thread.shutdownNow();
    }
  }
}
