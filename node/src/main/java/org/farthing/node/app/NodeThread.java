package org.farthing.node.app;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.farthing.node.time.Scheduler;

/**
 * The one thread that owns all mutable state of a node. Tasks run in the order of their time, those
 * of one time in the order of their submission. A task that throws ends the node: the handler is
 * told once, and nothing runs after it.
 */
public final class NodeThread implements Scheduler, AutoCloseable {
  private final DelayQueue<Task> queue = new DelayQueue<>();
  private final Queue<Runnable> crowd = new ConcurrentLinkedQueue<>();
  private final AtomicInteger crowdSize = new AtomicInteger();
  private final AtomicLong sequence = new AtomicLong();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Consumer<Throwable> onFailure;
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean failed;

  /**
   * Starts the thread.
   *
   * @param onFailure told, on the node thread, of what a task threw
   */
  public NodeThread(String name, Consumer<Throwable> onFailure) {
    this.onFailure = onFailure;
    this.thread = new Thread(this::run, name);
    thread.start();
  }

  @Override
  public void execute(Runnable task) {
    queue.add(new Task(System.nanoTime(), sequence.getAndIncrement(), task));
  }

  /**
   * For work that may come in crowds, such as the messages of peers: in its order, and one task of
   * it at a time between all others that are due, so that these never wait for more than one.
   */
  public Executor crowd() {
    return task -> {
      crowd.add(task);
      if (crowdSize.getAndIncrement() == 0) {
        execute(this::oneOfCrowd);
      }
    };
  }

  private void oneOfCrowd() {
    Runnable task = crowd.remove();
    if (crowdSize.decrementAndGet() > 0) {
      execute(this::oneOfCrowd);
    }
    task.run();
  }

  @Override
  public Timer after(long delayMillis, Runnable task) {
    long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.max(0, delayMillis));
    Task timed = new Task(due, sequence.getAndIncrement(), task);
    queue.add(timed);
    return () -> queue.remove(timed);
  }

  /** Lets all timers that wait now end this much earlier; on the node thread. */
  void advance(long millis) {
    assertOwner();
    List<Task> waiting = List.copyOf(queue);
    for (Task task : waiting) {
      if (queue.remove(task)) {
        task.moveEarlier(TimeUnit.MILLISECONDS.toNanos(millis));
        queue.add(task);
      }
    }
  }

  /** A task has thrown: nothing runs any more, and what the thread owned is nobody's. */
  boolean hasFailed() {
    return failed;
  }

  @Override
  public void assertOwner() {
    if (Thread.currentThread() != thread && !failed) {
      throw new AssertionError(
          "state of " + thread.getName() + " touched by " + Thread.currentThread().getName());
    }
  }

  private void run() {
    try {
      while (!closed) {
        queue.take().action.run();
      }
    } catch (InterruptedException e) {
      // Closed while it waited.
    } catch (Throwable failure) {
      closed = true;
      failed = true;
      onFailure.accept(failure);
    } finally {
      ended.countDown();
    }
  }

  /**
   * Lets the running task end, drops the others and waits for the thread. On the node thread itself
   * it does not wait.
   */
  @Override
  public void close() {
    execute(() -> closed = true);
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Task implements Delayed {
    private volatile long dueNanos;

    private final long order;
    private final Runnable action;

    Task(long dueNanos, long order, Runnable action) {
      this.dueNanos = dueNanos;
      this.order = order;
      this.action = action;
    }

    /** Only while the task is not in the queue, and only by the node thread. */
    void moveEarlier(long nanos) {
      long earlier = dueNanos - nanos;
      dueNanos = earlier;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      Task that = (Task) other;
      int byTime = Long.signum(dueNanos - that.dueNanos);
      return byTime != 0 ? byTime : Long.compare(order, that.order);
    }
  }
}
