package org.farthing.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ParallelSearchTest {
  private static final Executor NEVER = task -> {};

  @Test
  void theFirstFailureIsFoundHoweverManyHelp() {
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try {
      for (int failure = 0; failure < 200; failure++) {
        int first = failure;
        assertThat(ParallelSearch.firstFailure(200, i -> i < first || i % 3 == 1, pool, 3))
            .isEqualTo(firstOf(first));
      }
    } finally {
      pool.shutdown();
    }
  }

  private static OptionalInt firstOf(int from) {
    int number = from;
    while (number % 3 == 1) {
      number++;
    }
    return number < 200 ? OptionalInt.of(number) : OptionalInt.empty();
  }

  @Test
  void helpersThatNeverComeAreNotWaitedFor() {
    assertThat(ParallelSearch.firstFailure(100, i -> i != 50, NEVER, 4)).hasValue(50);
    assertThat(ParallelSearch.firstFailure(100, i -> true, Runnable::run, 4)).isEmpty();
  }

  @Test
  void nothingIsCheckedAfterAFailure() {
    AtomicInteger calls = new AtomicInteger();
    ParallelSearch.firstFailure(
        100,
        i -> {
          calls.incrementAndGet();
          return i != 5;
        },
        NEVER,
        0);
    assertThat(calls).hasValue(6);
  }

  @Test
  void aBugIsNotAPass() {
    assertThatThrownBy(
            () ->
                ParallelSearch.firstFailure(
                    10,
                    i -> {
                      throw new IllegalStateException("bug");
                    },
                    NEVER,
                    0))
        .isInstanceOf(AssertionError.class);
  }
}
