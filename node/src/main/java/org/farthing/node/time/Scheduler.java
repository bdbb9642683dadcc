package org.farthing.node.time;

import java.util.concurrent.Executor;

/**
 * Runs tasks one after another on the thread that owns the node's state: at once in the order of
 * their submission, or after a delay.
 */
public interface Scheduler extends Executor {
  /** Runs the task on the owning thread after everything submitted before; any thread may ask. */
  @Override
  void execute(Runnable task);

  /**
   * Runs the task on the owning thread when {@code delayMillis} have passed; any thread may ask.
   */
  Timer after(long delayMillis, Runnable task);

  /** Fails with an {@link AssertionError} on any thread but the owning one. */
  void assertOwner();

  /** A task that waits for its time. */
  interface Timer {
    /** The task will not run, unless it has begun. */
    void cancel();
  }
}
