package org.farthing.node.mempool;

import java.util.Objects;

/**
 * The feerate below which nothing is taken in because there was no room: it rises to what was
 * evicted, and from the next block on it is halved every twelve hours (every six or three where the
 * mempool is less than half or a quarter full), as in Bitcoin Core.
 *
 * @param satPerKvb satoshis for each 1000 virtual bytes
 * @param updatedSeconds when it was last changed, seconds since 1970
 * @param falling a block came since it last rose
 */
record RollingMinimum(double satPerKvb, long updatedSeconds, boolean falling) {
  static final RollingMinimum NONE = new RollingMinimum(0, 0, false);

  private static final double HALF_LIFE_SECONDS = 12 * 3600;
  private static final int STEP_SECONDS = 10;

  /** After transactions that paid {@code evicted} (and a little more) had to go. */
  RollingMinimum raisedTo(FeeRate evicted) {
    return evicted.satPerKvb() > satPerKvb
        ? new RollingMinimum(evicted.satPerKvb(), updatedSeconds, false)
        : this;
  }

  RollingMinimum afterBlock(long nowSeconds) {
    return new RollingMinimum(satPerKvb, nowSeconds, true);
  }

  /**
   * @param fullness the memory used as a part of what may be used
   * @param incremental at less than half of this it becomes zero
   */
  RollingMinimum at(long nowSeconds, double fullness, FeeRate incremental) {
    if (!falling || satPerKvb == 0 || nowSeconds <= updatedSeconds + STEP_SECONDS) {
      return this;
    }
    double halfLife = HALF_LIFE_SECONDS / (fullness < 0.25 ? 4 : fullness < 0.5 ? 2 : 1);
    double fallen = satPerKvb / StrictMath.pow(2, (nowSeconds - updatedSeconds) / halfLife);
    return new RollingMinimum(
        fallen < incremental.satPerKvb() / 2.0 ? 0 : fallen, nowSeconds, true);
  }

  /** What has to be paid; zero if there is room. */
  FeeRate rate(FeeRate incremental) {
    FeeRate rounded = new FeeRate(Math.round(satPerKvb));
    return falling && satPerKvb != 0 ? rounded.max(incremental) : rounded;
  }

  /** Written out, as what a record makes of itself at run time would hold up the first block. */
  @Override
  public boolean equals(Object other) {
    return other instanceof RollingMinimum that
        && Double.compare(satPerKvb, that.satPerKvb) == 0
        && updatedSeconds == that.updatedSeconds
        && falling == that.falling;
  }

  @Override
  public int hashCode() {
    return Objects.hash(satPerKvb, updatedSeconds, falling);
  }
}
