package org.farthing.node.mining;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** Hashes per second, over the last seconds of a counter. */
final class HashRate {
  private static final long WINDOW_MILLIS = 15_000;

  private final LongSupplier counter;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private volatile double perSecond;

  private record Sample(long millis, long count) {}

  HashRate(LongSupplier counter) {
    this.counter = counter;
  }

  void begin(long nowMillis) {
    samples.clear();
    samples.add(new Sample(nowMillis, counter.getAsLong()));
  }

  void end() {
    samples.clear();
    perSecond = 0;
  }

  /** To be called every few seconds. */
  void sample(long nowMillis) {
    Sample now = new Sample(nowMillis, counter.getAsLong());
    samples.add(now);
    while (samples.size() > 2 && samples.peekFirst().millis() < nowMillis - WINDOW_MILLIS) {
      samples.removeFirst();
    }
    Sample first = samples.peekFirst();
    if (now.millis() > first.millis()) {
      perSecond = 1000.0 * (now.count() - first.count()) / (now.millis() - first.millis());
    }
  }

  double perSecond() {
    return perSecond;
  }
}
