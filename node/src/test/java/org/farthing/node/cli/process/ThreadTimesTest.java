package org.farthing.node.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ThreadTimesTest {
  private final Map<String, Double> times = new TreeMap<>();

  /** A line as Linux writes it, with what is of no interest here as numbers. */
  private void thread(int id, String name, int userTicks, int systemTicks) {
    ThreadTimes.add(
        id
            + " ("
            + name
            + ") S 1 2 3 4 5 6 7 8 9 10 "
            + userTicks
            + " "
            + systemTicks
            + " 0 0 20 0 30 0 12345 0 0\n",
        times);
  }

  @Test
  void threadsOfOneKindCountTogether() {
    thread(1, "scripts-1", 100, 20);
    thread(2, "scripts-2", 30, 0);
    thread(3, "GC Thread#0", 5, 5);
    assertThat(times).containsOnly(Map.entry("scripts", 1.5), Map.entry("GC Thread", 0.1));
  }

  @Test
  void aNameMayHoldAnyCharacter() {
    thread(7, "b (odd) 3) name", 200, 50);
    assertThat(times).containsOnly(Map.entry("b (odd) 3) name", 2.5));
  }

  @Test
  void aProcessThatIsGoneHasNone() {
    assertThat(ThreadTimes.of(Long.MAX_VALUE)).isEmpty();
  }
}
