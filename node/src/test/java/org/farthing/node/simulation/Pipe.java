package org.farthing.node.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;

/** One direction of a connection: what goes in comes out later, in the same order. */
final class Pipe {
  private final VirtualTime time;
  private final Latency latency;
  private final RandomGenerator random;
  private final Deque<Runnable> travelling = new ArrayDeque<>();
  private long lastArrivalMillis;
  private boolean stalled;
  private boolean paused;

  /** How long messages travel: any number of milliseconds from least to most. */
  record Latency(int leastMillis, int mostMillis) {
    long sample(RandomGenerator random) {
      return random.nextLong(leastMillis, mostMillis + 1L);
    }
  }

  Pipe(VirtualTime time, Latency latency, RandomGenerator random) {
    this.time = time;
    this.latency = latency;
    this.random = random;
  }

  /** Lets {@code arrival} happen after everything that was sent before. */
  void send(Runnable arrival) {
    travelling.add(arrival);
    scheduleArrival();
  }

  private void scheduleArrival() {
    long now = time.nowMillis();
    lastArrivalMillis = Math.max(lastArrivalMillis, now + latency.sample(random));
    time.after(lastArrivalMillis - now, this::arrive);
  }

  private void arrive() {
    if (!stalled && !paused && !travelling.isEmpty()) {
      travelling.remove().run();
    }
  }

  /** The way is broken without anyone noticing: nothing arrives until it is mended. */
  void setStalled(boolean value) {
    boolean mended = stalled && !value;
    stalled = value;
    if (mended) {
      goOn();
    }
  }

  /** The receiver does not read. */
  void setPaused(boolean value) {
    boolean resumed = paused && !value;
    paused = value;
    if (resumed) {
      goOn();
    }
  }

  /** What was held up had its arrival in vain. */
  private void goOn() {
    if (!stalled && !paused) {
      for (int i = 0; i < travelling.size(); i++) {
        scheduleArrival();
      }
    }
  }

  /** Nobody is left to receive anything. */
  void clear() {
    travelling.clear();
  }
}
