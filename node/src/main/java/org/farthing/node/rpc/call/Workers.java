package org.farthing.node.rpc.call;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that calls run on: so many work at the same time, so many calls wait for one of them,
 * and further ones are refused. A thread that only waits, or does something that takes long, steps
 * aside: another one takes its place, so that quick calls are never kept waiting by slow ones. How
 * many may be aside is bounded too.
 */
public final class Workers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final int threads;
  private final int mostWaiting;
  private final int mostAside;

  // All that follows is guarded by this object.
  private final Queue<Task> waiting = new ArrayDeque<>();
  private final Set<Worker> workers = new HashSet<>();
  private int active;
  private int idle;
  private int slow;
  private int parked;
  private boolean closed;
  private final String name;
  private int named;

  /**
   * @param name of the threads, before their number
   * @param threads that work at the same time
   * @param mostWaiting tasks that wait for a thread
   */
  public Workers(String name, int threads, int mostWaiting) {
    this.name = name;
    this.threads = threads;
    this.mostWaiting = mostWaiting;
    this.mostAside = threads + mostWaiting;
  }

  /** Something to be done, as long as somebody wants it. */
  public final class Task {
    private final Runnable action;
    private Worker worker;
    private boolean cancelled;

    private Task(Runnable action) {
      this.action = action;
    }

    /**
     * Nobody wants it any more: it does not begin, and if it waits for something, it ends.
     *
     * @return whether it had not begun
     */
    public boolean cancel() {
      synchronized (Workers.this) {
        cancelled = true;
        if (worker != null && worker.interruptible) {
          worker.interrupt();
        }
        return waiting.remove(this);
      }
    }
  }

  /**
   * Runs the action on one of the threads.
   *
   * @throws RejectedExecutionException if too many wait already, or it is closed
   */
  public synchronized Task submit(Runnable action) {
    boolean full = active >= threads && waiting.size() >= idle + mostWaiting;
    if (closed || full) {
      throw new RejectedExecutionException();
    }
    Task task = new Task(action);
    waiting.add(task);
    staff();
    return task;
  }

  /** Sees to it that somebody takes what waits. */
  private void staff() {
    if (waiting.isEmpty()) {
      return;
    }
    if (waiting.size() <= idle) {
      notify();
    } else if (active < threads) {
      Worker worker = new Worker(name + "-" + named++);
      workers.add(worker);
      active++;
      worker.start();
    }
  }

  /**
   * Does something slow, aside; on a thread of these workers.
   *
   * @param interruptible it mostly waits, and ends when its thread is interrupted
   * @return empty if too many are aside already
   */
  public <T> Optional<T> slowly(boolean interruptible, Supplier<T> action) {
    Worker worker = (Worker) Thread.currentThread();
    synchronized (this) {
      if (slow >= mostAside) {
        return Optional.empty();
      }
      slow++;
      worker.stepAside();
      worker.interruptible = interruptible;
      if (interruptible && (closed || worker.task.cancelled)) {
        worker.interrupt();
      }
    }
    try {
      return Optional.of(action.get());
    } finally {
      synchronized (this) {
        slow--;
        worker.interruptible = false;
        worker.stepBack();
      }
      // The interrupt was for the action.
      Thread.interrupted();
    }
  }

  /**
   * Waits for something, aside where the thread is a worker and there is room.
   *
   * @throws InterruptedException as the waiting does
   */
  public static <T> T waiting(Waiting<T> action) throws InterruptedException {
    boolean aside = Thread.currentThread() instanceof Worker worker && worker.park();
    try {
      return action.get();
    } finally {
      if (aside) {
        ((Worker) Thread.currentThread()).unpark();
      }
    }
  }

  /** Waits, and has a result. */
  @FunctionalInterface
  public interface Waiting<T> {
    T get() throws InterruptedException;
  }

  private final class Worker extends Thread {
    private Task task;
    private boolean aside;
    private boolean interruptible;

    Worker(String name) {
      super(name);
      setDaemon(true);
    }

    @Override
    public void run() {
      for (Task next = next(); next != null; next = next()) {
        try {
          next.action.run();
        } catch (RuntimeException | Error e) {
          LOG.error("RPC: a task failed", e);
        }
      }
    }

    private Task next() {
      synchronized (Workers.this) {
        if (task != null) {
          task.worker = null;
        }
        task = active > threads ? null : take();
        if (task == null) {
          active--;
          workers.remove(this);
          Workers.this.notifyAll();
        } else {
          task.worker = this;
        }
        return task;
      }
    }

    private Task take() {
      long end = System.nanoTime() + IDLE_NANOS;
      while (waiting.isEmpty() && !closed) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return null;
        }
        idle++;
        try {
          TimeUnit.NANOSECONDS.timedWait(Workers.this, left);
        } catch (InterruptedException e) {
          return null;
        } finally {
          idle--;
        }
      }
      return waiting.poll();
    }

    /** Guarded by the workers. */
    void stepAside() {
      aside = true;
      active--;
      staff();
    }

    /** Guarded by the workers. For a while there may be one more than there should be. */
    void stepBack() {
      aside = false;
      active++;
    }

    boolean park() {
      synchronized (Workers.this) {
        if (aside || parked >= mostAside) {
          return false;
        }
        parked++;
        stepAside();
        return true;
      }
    }

    void unpark() {
      synchronized (Workers.this) {
        parked--;
        stepBack();
      }
    }
  }

  /** Takes no more tasks, lets running ones end for a short time, and then interrupts them. */
  @Override
  public void close() {
    boolean interrupted = false;
    synchronized (this) {
      closed = true;
      workers.stream().filter(worker -> worker.interruptible).forEach(Thread::interrupt);
      notifyAll();
      long end = System.nanoTime() + STOP_NANOS;
      while (!workers.isEmpty() && end > System.nanoTime() && !interrupted) {
        try {
          TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, end - System.nanoTime()));
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      workers.forEach(Thread::interrupt);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
