package org.farthing.consensus.store;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A new block sets much in motion that somebody waits for; what nobody waits for lets that go
 * first, for so long, or until somebody does.
 */
final class Pause {
  private static final long MILLIS = 1_000;

  private final CountDownLatch end = new CountDownLatch(1);
  private final long mostMillis;

  Pause() {
    this(MILLIS);
  }

  /** One of another length. */
  Pause(long mostMillis) {
    this.mostMillis = mostMillis;
  }

  /** Somebody waits. Any thread; no more than a look where it was said before. */
  void end() {
    end.countDown();
  }

  /** On a thread that nobody interrupts. */
  void take() {
    try {
      end.await(mostMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
