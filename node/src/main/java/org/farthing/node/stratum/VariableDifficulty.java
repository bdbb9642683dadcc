package org.farthing.node.stratum;

/**
 * Makes the difficulty of a miner's shares such that it finds as many in a minute as is wanted. It
 * looks at a minute at a time, earlier where shares come in crowds, and changes nothing as long as
 * their number is about right: it is a number of chance.
 */
final class VariableDifficulty {
  private static final long WINDOW_MILLIS = 60_000;
  private static final double MILLIS_PER_MINUTE = 60_000;

  /** So many times as many shares as wanted are enough to see that the difficulty is too low. */
  private static final double CROWD = 3;

  /** Of a ratio between this and its inverse nothing is made. */
  private static final double TOLERANCE = 1.5;

  /** One window is too short to tell more. */
  private static final double MOST_CHANGE = 8;

  private final double sharesPerMinute;
  private double difficulty;
  private long windowStartMillis;
  private int shares;

  VariableDifficulty(double first, double sharesPerMinute, long nowMillis) {
    this.difficulty = first;
    this.sharesPerMinute = sharesPerMinute;
    this.windowStartMillis = nowMillis;
  }

  double difficulty() {
    return difficulty;
  }

  /** Goes on from another difficulty, because the miner wants so. */
  void set(double wanted, long nowMillis) {
    difficulty = wanted;
    begin(nowMillis);
  }

  private void begin(long nowMillis) {
    windowStartMillis = nowMillis;
    shares = 0;
  }

  /**
   * A share was found.
   *
   * @return whether there have been so many that {@link #adjust} should not be waited for
   */
  boolean share() {
    shares++;
    return isCrowd();
  }

  private boolean isCrowd() {
    return shares >= CROWD * wantedShares();
  }

  private double wantedShares() {
    return sharesPerMinute * WINDOW_MILLIS / MILLIS_PER_MINUTE;
  }

  /**
   * Looks whether the difficulty is still right.
   *
   * @param least below which it never is
   * @param most above which it never is
   * @return whether it has changed
   */
  boolean adjust(double least, double most, long nowMillis) {
    double before = difficulty;
    long elapsed = Math.max(1, nowMillis - windowStartMillis);
    if (elapsed >= WINDOW_MILLIS || isCrowd()) {
      double ratio = shares * MILLIS_PER_MINUTE / elapsed / sharesPerMinute;
      if (ratio > TOLERANCE || ratio < 1 / TOLERANCE) {
        difficulty *= Math.max(1 / MOST_CHANGE, Math.min(ratio, MOST_CHANGE));
      }
      begin(nowMillis);
    }
    difficulty = Math.max(least, Math.min(difficulty, most));
    return difficulty != before;
  }
}
