package org.farthing.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.farthing.node.simulation.VirtualTime;
import org.junit.jupiter.api.Test;

class UploadTargetTest {
  private static final long DAY_MILLIS = UploadTarget.DAY_SECONDS * 1000;

  /** What new blocks may take of a day: 4,000,000 bytes every ten minutes. */
  private static final long DAY_OF_BLOCKS = 576_000_000;

  private final VirtualTime time = new VirtualTime(1_700_000_000_000L);
  private long sent;

  private UploadTarget target(long bytes) {
    return new UploadTarget(bytes, () -> sent, time);
  }

  @Test
  void withoutATargetNothingIsReached() {
    UploadTarget target = target(0);
    sent = Long.MAX_VALUE / 2;
    assertThat(target.isReached()).isFalse();
    assertThat(target.isReachedForOldBlocks()).isFalse();
    assertThat(target.bytesLeft()).isZero();
    assertThat(target.secondsLeft()).isZero();
  }

  @Test
  void newBlocksHaveAReserve() {
    UploadTarget target = target(DAY_OF_BLOCKS + 1000);
    sent = 999;
    assertThat(target.isReachedForOldBlocks()).isFalse();
    sent = 1000;
    assertThat(target.isReachedForOldBlocks()).isTrue();
    assertThat(target.isReached()).isFalse();
    // Half a day later half of it is enough.
    time.runFor(DAY_MILLIS / 2);
    sent = DAY_OF_BLOCKS / 2 + 999;
    assertThat(target.isReachedForOldBlocks()).isFalse();
    sent = DAY_OF_BLOCKS + 1000;
    assertThat(target.isReached()).isTrue();
    assertThat(target.bytesLeft()).isZero();
  }

  @Test
  void aTargetBelowTheReserveNeverServesOldBlocks() {
    UploadTarget target = target(DAY_OF_BLOCKS);
    assertThat(target.isReachedForOldBlocks()).isTrue();
    assertThat(target.isReached()).isFalse();
  }

  @Test
  void anotherDayBeginsWithTheFirstByteAfterTheLast() {
    UploadTarget target = target(1000);
    sent = 1000;
    assertThat(target.isReached()).isTrue();
    assertThat(target.secondsLeft()).isEqualTo(UploadTarget.DAY_SECONDS);
    time.runFor(DAY_MILLIS + 1000);
    assertThat(target.isReached()).isTrue();
    assertThat(target.secondsLeft()).isZero();
    sent = 1010;
    assertThat(target.isReached()).isFalse();
    assertThat(target.bytesLeft()).isEqualTo(990);
    assertThat(target.secondsLeft()).isEqualTo(UploadTarget.DAY_SECONDS);
  }
}
