package org.farthing.node.sync;

import java.util.function.LongSupplier;
import org.farthing.consensus.validation.BlockChecks;
import org.farthing.node.time.Clock;

/**
 * How much may be sent in a day ({@code -maxuploadtarget}). It is a wish, not a wall: what is new
 * is always passed on. Old blocks are given away only while enough is left for a new block every
 * ten minutes.
 */
public final class UploadTarget {
  /** For which a target holds, in seconds. */
  public static final long DAY_SECONDS = 24 * 60 * 60;

  private static final long BLOCK_SECONDS = 10 * 60;

  private final long bytes;
  private final LongSupplier sentBytes;
  private final Clock clock;
  private long startSeconds;
  private long sentBefore;
  private long lastTotal;

  /**
   * @param bytes for a day; 0: as many as anybody wants
   * @param sentBytes on all connections since the start
   */
  public UploadTarget(long bytes, LongSupplier sentBytes, Clock clock) {
    this.bytes = bytes;
    this.sentBytes = sentBytes;
    this.clock = clock;
  }

  /** A day is over: another one begins with the first byte that is sent after it. */
  public void tick() {
    if (bytes == 0) {
      return;
    }
    long total = sentBytes.getAsLong();
    long now = clock.nowSeconds();
    if (total > lastTotal && startSeconds + DAY_SECONDS < now) {
      startSeconds = now;
      sentBefore = lastTotal;
    }
    lastTotal = total;
  }

  /** For a day; 0: no limit. */
  public long bytes() {
    return bytes;
  }

  private long sent() {
    tick();
    return lastTotal - sentBefore;
  }

  /** Nothing is left. */
  public boolean isReached() {
    return bytes > 0 && sent() >= bytes;
  }

  /** Nothing is left beside what new blocks may take. */
  public boolean isReachedForOldBlocks() {
    if (bytes == 0) {
      return false;
    }
    long sent = sent();
    long reserve = secondsLeft() / BLOCK_SECONDS * BlockChecks.MAX_WEIGHT;
    return reserve >= bytes || sent >= bytes - reserve;
  }

  /** What may still be sent in this day; 0 where there is no limit. */
  public long bytesLeft() {
    return bytes == 0 ? 0 : Math.max(0, bytes - sent());
  }

  /** Until another day begins; 0 where there is no limit. */
  public long secondsLeft() {
    if (bytes == 0) {
      return 0;
    }
    tick();
    return startSeconds == 0
        ? DAY_SECONDS
        : Math.max(0, startSeconds + DAY_SECONDS - clock.nowSeconds());
  }
}
