package org.farthing.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClockOffsetsTest {
  private final ClockOffsets offsets = new ClockOffsets();

  @Test
  void fourSayNothing() {
    for (int i = 0; i < 4; i++) {
      offsets.add(100);
      assertThat(offsets.medianSeconds()).isZero();
    }
    offsets.add(100);
    assertThat(offsets.medianSeconds()).isEqualTo(100);
  }

  @Test
  void theMiddleOneCounts() {
    List<Long> told = new ArrayList<>();
    offsets.onChange(told::add);
    for (long seconds : new long[] {5, -1_000_000, 7, 1_000_000, 6}) {
      offsets.add(seconds);
    }
    assertThat(told).containsExactly(0L, 0L, 0L, 0L, 6L);
  }

  @Test
  void onlyTheLastFiftyCount() {
    for (int i = 0; i < 50; i++) {
      offsets.add(1);
    }
    for (int i = 0; i < 26; i++) {
      offsets.add(2);
    }
    assertThat(offsets.medianSeconds()).isEqualTo(2);
  }
}
