package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CatchUpPaceTest {
  private boolean catchingUp = true;
  private long seconds;
  private final CatchUpPace pace =
      new CatchUpPace(() -> catchingUp, () -> TimeUnit.SECONDS.toNanos(seconds));

  /** Of a hundred blocks. */
  private void at(long second, int height) {
    seconds = second;
    pace.tipChanged(height, 100);
  }

  @Test
  void nothingIsToldFromOneBlock() {
    assertThat(pace.secondsLeft()).isEmpty();
    at(1, 10);
    assertThat(pace.secondsLeft()).isEmpty();
  }

  @Test
  void theRestTakesAsLongAsWhatWasDone() {
    at(0, 20);
    at(10, 30);
    assertThat(pace.secondsLeft()).hasValue(70);
  }

  @Test
  void onlyTheLastMinuteCounts() {
    at(0, 0);
    at(100, 10);
    at(110, 60);
    assertThat(pace.secondsLeft()).hasValue(8);
  }

  @Test
  void itGetsLongerWhileNothingComes() {
    at(0, 20);
    at(10, 30);
    seconds = 20;
    assertThat(pace.secondsLeft()).hasValue(140);
  }

  @Test
  void whoHasCaughtUpHasNothingLeft() {
    at(0, 20);
    at(10, 30);
    catchingUp = false;
    at(11, 100);
    assertThat(pace.secondsLeft()).isEmpty();
  }
}
