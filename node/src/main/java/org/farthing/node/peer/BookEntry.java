package org.farthing.node.peer;

import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.TimedAddress;

/** An address in the book, with what is known of it. Times are in seconds since 1970, 0: never. */
final class BookEntry {
  /** What was not seen for longer is of no use. */
  private static final long HORIZON_SECONDS = 30L * 24 * 60 * 60;

  private static final long LAST_MINUTE = 60;
  private static final long MAX_AHEAD_SECONDS = 10 * 60;
  private static final long RECENT_ATTEMPT_SECONDS = 10 * 60;
  private static final int RETRIES = 3;
  private static final int MAX_FAILURES = 10;
  private static final long MIN_FAIL_SECONDS = 7L * 24 * 60 * 60;
  private static final int MAX_COUNTED_ATTEMPTS = 8;
  private static final double LESS_AFTER_FAILURE = 0.66;
  private static final double LESS_AFTER_RECENT_ATTEMPT = 0.01;

  final NetAddress address;
  final NetAddress source;
  long timeSeconds;
  long services;
  long lastTrySeconds;
  long lastSuccessSeconds;
  long lastCountedSeconds;
  int attempts;

  /** In so many places of the table of new addresses; none once it is tried. */
  int places;

  boolean tried;

  /** Where it stands in the list of all. */
  int index;

  BookEntry(TimedAddress told, NetAddress source) {
    this.address = told.address();
    this.source = source.withPort(0);
    this.timeSeconds = told.timeSeconds();
    this.services = told.services();
  }

  /** Not worth to be kept or told: too old, of the future, or too often in vain. */
  boolean isTerrible(long nowSeconds) {
    if (nowSeconds - lastTrySeconds <= LAST_MINUTE) {
      return false;
    }
    return timeSeconds > nowSeconds + MAX_AHEAD_SECONDS
        || nowSeconds - timeSeconds > HORIZON_SECONDS
        || (lastSuccessSeconds == 0 && attempts >= RETRIES)
        || (nowSeconds - lastSuccessSeconds > MIN_FAIL_SECONDS && attempts >= MAX_FAILURES);
  }

  /** How readily it is chosen, from 0 to 1. */
  double chance(long nowSeconds) {
    double recent =
        nowSeconds - lastTrySeconds < RECENT_ATTEMPT_SECONDS ? LESS_AFTER_RECENT_ATTEMPT : 1;
    return recent * StrictMath.pow(LESS_AFTER_FAILURE, Math.min(attempts, MAX_COUNTED_ATTEMPTS));
  }

  TimedAddress told() {
    return new TimedAddress(timeSeconds, services, address);
  }
}
