package org.farthing.node.peer;

/**
 * Waits between attempts: a second at first, twice as long after each failure, a minute at most.
 */
final class BackOff {
  static final long FIRST_MILLIS = 1_000;
  static final long LAST_MILLIS = 60_000;

  private long waitMillis = FIRST_MILLIS;
  private long nextAtMillis = Long.MIN_VALUE;

  boolean isDue(long nowMillis) {
    return nowMillis >= nextAtMillis;
  }

  /** An attempt begins: unless it is told otherwise, the next one waits longer. */
  void attempted(long nowMillis) {
    nextAtMillis = nowMillis + waitMillis;
    waitMillis = Math.min(LAST_MILLIS, 2 * waitMillis);
  }

  /** The attempt was successful; if what it led to ends, the next one comes soon. */
  void succeeded(long nowMillis) {
    waitMillis = FIRST_MILLIS;
    nextAtMillis = nowMillis + waitMillis;
  }
}
