package org.farthing.node.peer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * By how much the clocks of others differ from ours, as those said whom we called last: who calls
 * us could make us doubt ours. Nothing follows from it but a warning. Owned by the node thread.
 */
public final class ClockOffsets {
  private static final int MAX_SAMPLES = 50;

  /** Fewer say nothing. */
  private static final int MIN_SAMPLES = 5;

  /** Our clock is taken to be wrong if the median is further away. */
  public static final long ALARMING_SECONDS = 10 * 60;

  private final Deque<Long> samples = new ArrayDeque<>();
  private final List<LongConsumer> listeners = new ArrayList<>();

  /** Called with the median when another peer has told its time. */
  public void onChange(LongConsumer listener) {
    listeners.add(listener);
  }

  public void add(long seconds) {
    if (samples.size() >= MAX_SAMPLES) {
      samples.removeFirst();
    }
    samples.addLast(seconds);
    listeners.forEach(listener -> listener.accept(medianSeconds()));
  }

  /** In seconds; 0 while there are too few. */
  public long medianSeconds() {
    if (samples.size() < MIN_SAMPLES) {
      return 0;
    }
    List<Long> sorted = new ArrayList<>(samples);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
