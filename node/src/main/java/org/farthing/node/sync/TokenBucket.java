package org.farthing.node.sync;

/** So much may be done on average, and a little more at times: tokens that come back with time. */
final class TokenBucket {
  private final double perSecond;
  private final double capacity;
  private double tokens;
  private long filledAtMillis = Long.MIN_VALUE;

  /**
   * @param perSecond tokens that come back
   * @param tokens that are there to begin with
   * @param capacity more than these do not gather
   */
  TokenBucket(double perSecond, double tokens, double capacity) {
    this.perSecond = perSecond;
    this.tokens = Math.min(tokens, capacity);
    this.capacity = capacity;
  }

  /** Adds what came back since the last time; the first time only begins the count. */
  void fill(long nowMillis) {
    if (filledAtMillis != Long.MIN_VALUE && nowMillis > filledAtMillis && tokens < capacity) {
      tokens = Math.min(capacity, tokens + perSecond * (nowMillis - filledAtMillis) / 1000);
    }
    filledAtMillis = nowMillis;
  }

  /** Adds tokens beside those that come back, be they more than may gather. */
  void add(double more) {
    tokens += more;
  }

  /** Takes so many if they are there; false where they are not. */
  boolean takeIfThere(double wanted) {
    if (tokens < wanted) {
      return false;
    }
    tokens -= wanted;
    return true;
  }

  /** False where no more than {@code floor} is left; what is left can be negative. */
  boolean take(double wanted, double floor) {
    tokens -= wanted;
    return tokens > floor;
  }

  double tokens() {
    return tokens;
  }
}
