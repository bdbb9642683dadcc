package org.farthing.node.app;

import java.util.OptionalLong;
import org.farthing.node.time.Clock;

/** The system's clock, or a time that {@code setmocktime} has set and that stands still. */
public final class NodeClock implements Clock {
  private volatile OptionalLong mockSeconds;

  public NodeClock(OptionalLong mockSeconds) {
    this.mockSeconds = mockSeconds;
  }

  /** Any thread. Empty: the system's clock again. */
  public void mock(OptionalLong seconds) {
    mockSeconds = seconds;
  }

  @Override
  public long nowMillis() {
    OptionalLong mock = mockSeconds;
    return mock.isPresent() ? mock.getAsLong() * 1000 : System.currentTimeMillis();
  }
}
