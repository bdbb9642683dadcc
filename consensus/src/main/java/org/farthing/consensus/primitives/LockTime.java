package org.farthing.consensus.primitives;

/**
 * The lock time of a transaction: a height below the threshold, else a time in seconds since 1970.
 */
public final class LockTime {
  /** The least value that is a time (5 November 1985); unsigned. */
  public static final int THRESHOLD = 500_000_000;

  private LockTime() {}

  public static boolean isHeight(int lockTime) {
    return Integer.compareUnsigned(lockTime, THRESHOLD) < 0;
  }
}
