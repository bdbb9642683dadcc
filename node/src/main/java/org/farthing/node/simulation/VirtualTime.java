package org.farthing.node.simulation;

import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import org.farthing.node.time.Clock;
import org.farthing.node.time.Scheduler;

/**
 * A clock that stands still while something happens, and jumps to the next event when nothing does.
 * Events of the same moment happen in the order in which they were asked for. All of it belongs to
 * the thread that made it.
 */
public final class VirtualTime implements Clock {
  private final Thread thread = Thread.currentThread();
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long nowMillis;
  private long nextSequence;
  private NodeScheduler running;

  /**
   * @param startMillis milliseconds since 1970
   */
  public VirtualTime(long startMillis) {
    this.nowMillis = startMillis;
  }

  @Override
  public long nowMillis() {
    return nowMillis;
  }

  /** The events of one node. Each node has its own, on the one thread that all share. */
  public NodeScheduler newScheduler() {
    return new NodeScheduler();
  }

  /** Something that happens to no node in particular. */
  public Scheduler.Timer after(long delayMillis, Runnable task) {
    return schedule(delayMillis, task, null);
  }

  private Event schedule(long delayMillis, Runnable task, NodeScheduler owner) {
    checkThread();
    if (delayMillis < 0) {
      throw new IllegalArgumentException("time does not go back: " + delayMillis);
    }
    Event event = new Event(nowMillis + delayMillis, nextSequence++, task, owner);
    events.add(event);
    return event;
  }

  /** Lets everything happen that is due now and within {@code millis}; then it is that late. */
  public void runFor(long millis) {
    long end = nowMillis + millis;
    while (!events.isEmpty() && events.peek().atMillis <= end) {
      runNext();
    }
    nowMillis = end;
  }

  /** Lets everything happen that is due now. */
  public void runDue() {
    runFor(0);
  }

  /**
   * Lets events happen until the condition holds; it is looked at after each of them.
   *
   * @throws AssertionError if it does not hold within {@code limitMillis}
   */
  public void runUntil(BooleanSupplier condition, long limitMillis) {
    long end = nowMillis + limitMillis;
    while (!condition.getAsBoolean()) {
      if (events.isEmpty() || events.peek().atMillis > end) {
        throw new AssertionError("did not come about within " + limitMillis + " ms");
      }
      runNext();
    }
  }

  private void runNext() {
    checkThread();
    if (running != null) {
      throw new AssertionError("an event cannot run the clock");
    }
    Event event = events.remove();
    nowMillis = event.atMillis;
    if (event.cancelled || (event.owner != null && event.owner.stopped)) {
      return;
    }
    running = event.owner;
    try {
      event.task.run();
    } finally {
      running = null;
    }
  }

  private void checkThread() {
    if (Thread.currentThread() != thread) {
      throw new AssertionError(
          "virtual time belongs to " + thread + ", not " + Thread.currentThread());
    }
  }

  /** One node's view: its tasks, and whether it is the one whose turn it is. */
  public final class NodeScheduler implements Scheduler {
    private boolean stopped;

    private NodeScheduler() {}

    @Override
    public void execute(Runnable task) {
      schedule(0, task, this);
    }

    @Override
    public Timer after(long delayMillis, Runnable task) {
      return schedule(delayMillis, task, this);
    }

    /** Also the test itself may touch a node, between two events. */
    @Override
    public void assertOwner() {
      checkThread();
      if (running != null && running != this) {
        throw new AssertionError("another node's event reached into this one");
      }
    }

    /** The node is dead: nothing that it has planned will happen. */
    public void stop() {
      stopped = true;
    }
  }

  private static final class Event implements Scheduler.Timer, Comparable<Event> {
    private final long atMillis;
    private final long sequence;
    private final Runnable task;
    private final NodeScheduler owner;
    private boolean cancelled;

    Event(long atMillis, long sequence, Runnable task, NodeScheduler owner) {
      this.atMillis = atMillis;
      this.sequence = sequence;
      this.task = task;
      this.owner = owner;
    }

    /** Equal only to itself: each has a sequence of its own. */
    @Override
    public int compareTo(Event other) {
      return atMillis == other.atMillis
          ? Long.compare(sequence, other.sequence)
          : Long.compare(atMillis, other.atMillis);
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }
}
