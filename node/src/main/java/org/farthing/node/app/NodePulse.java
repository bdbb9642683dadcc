package org.farthing.node.app;

import java.util.concurrent.TimeUnit;
import org.farthing.node.time.Scheduler;

/**
 * How late the node's thread is: every second it is asked to come by. Who asks is told at any time,
 * also while it does something else.
 */
final class NodePulse {
  private static final long INTERVAL_MILLIS = 1_000;
  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(INTERVAL_MILLIS);

  private final Scheduler thread;
  private final Runnable onBeat;
  private volatile long lastBeat = System.nanoTime();
  private volatile long lastLag;

  /**
   * @param onBeat done each time, on the node's thread
   */
  private NodePulse(Scheduler thread, Runnable onBeat) {
    this.thread = thread;
    this.onBeat = onBeat;
  }

  /** Begins now, and ends with the thread. */
  static NodePulse start(Scheduler thread, Runnable onBeat) {
    NodePulse pulse = new NodePulse(thread, onBeat);
    thread.execute(pulse::beat);
    return pulse;
  }

  private void beat() {
    long now = System.nanoTime();
    lastLag = Math.max(0, now - lastBeat - INTERVAL_NANOS);
    lastBeat = now;
    onBeat.run();
    thread.after(INTERVAL_MILLIS, this::beat);
  }

  /** By how much the thread was late the last time, or is late now if that is more. */
  long lagNanos() {
    return Math.max(lastLag, System.nanoTime() - lastBeat - INTERVAL_NANOS);
  }
}
