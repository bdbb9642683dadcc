package org.farthing.junit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what happens on other threads. */
final class Wait {
  /** Nothing between nodes of one process takes so long, also on a machine that is busy. */
  static final Duration LIMIT = Duration.ofSeconds(60);

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private Wait() {}

  /**
   * Waits until it is so.
   *
   * @param situation what is so instead, for people
   * @throws AssertionError if it takes too long
   */
  static void until(BooleanSupplier wanted, Duration limit, Supplier<String> situation) {
    long end = System.nanoTime() + limit.toNanos();
    while (!wanted.getAsBoolean()) {
      if (System.nanoTime() - end >= 0) {
        throw new AssertionError("after " + limit.toSeconds() + " s: " + situation.get());
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new AssertionError("interrupted: " + situation.get());
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
