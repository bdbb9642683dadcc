package org.farthing.node.simulation;

/** The way of a machine to the network, or back: one byte after the other, first come first go. */
final class Line {
  private static final long MICROS_IN_MILLI = 1000;
  private static final long MICROS_IN_SECOND = 1_000_000;

  private final long bytesPerSecond;
  private long freeAtMicros;

  /**
   * @param bytesPerSecond 0: no limit
   */
  Line(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /** When the last of these bytes will have passed, if they come now and have to wait in line. */
  long pass(int bytes, long nowMillis) {
    if (bytesPerSecond == 0) {
      return nowMillis;
    }
    long start = Math.max(freeAtMicros, nowMillis * MICROS_IN_MILLI);
    freeAtMicros = start + bytes * MICROS_IN_SECOND / bytesPerSecond;
    return freeAtMicros / MICROS_IN_MILLI;
  }
}
