package org.farthing.node.app;

import java.util.OptionalLong;
import org.farthing.node.time.Clock;

/**
 * The system's clock, perhaps some time ahead of it, or a time that {@code setmocktime} has set and
 * that stands still.
 */
public final class NodeClock implements Clock {
  private volatile Reading reading;

  /**
   * How the time is told.
   *
   * @param mockMillis since 1970: the clock stands still there
   * @param aheadMillis of the system's clock, if it does not stand still
   */
  public record Reading(OptionalLong mockMillis, long aheadMillis) {
    Reading advanced(long millis) {
      return mockMillis.isPresent()
          ? new Reading(OptionalLong.of(mockMillis.getAsLong() + millis), 0)
          : new Reading(mockMillis, aheadMillis + millis);
    }
  }

  public NodeClock(OptionalLong mockSeconds) {
    mock(mockSeconds);
  }

  /** Any thread. Empty: the system's clock again. */
  public void mock(OptionalLong seconds) {
    OptionalLong millis =
        seconds.isPresent() ? OptionalLong.of(seconds.getAsLong() * 1000) : OptionalLong.empty();
    reading = new Reading(millis, 0);
  }

  /** Puts the clock forward, whether it runs or stands still. For one thread at a time. */
  public void advance(long millis) {
    reading = reading.advanced(millis);
  }

  public Reading reading() {
    return reading;
  }

  /** Tells the time as it was told then; a clock that runs has gone on since. */
  public void set(Reading earlier) {
    reading = earlier;
  }

  @Override
  public long nowMillis() {
    Reading now = reading;
    return now.mockMillis().orElseGet(() -> systemMillis() + now.aheadMillis());
  }

  /** Milliseconds since 1970, whatever is mocked. */
  long systemMillis() {
    return System.currentTimeMillis();
  }
}
