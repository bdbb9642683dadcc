package org.farthing.node.transport;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * What came on one connection and was not taken yet. The owner takes one message of it at a time,
 * and then whatever else waits for him, before it is this connection's turn again: a peer that
 * sends very much gets no more of his time than one that sends little. Messages are held back while
 * so much waits to be sent that their answers would find no room; what the transport itself has to
 * say is not. Any thread.
 */
final class Inbox {
  /**
   * @param size of a message on the way; negative for what is none
   */
  private record Entry(int size, Runnable call) {
    boolean isMessage() {
      return size >= 0;
    }
  }

  private final Executor owner;
  private final Inflow inflow;
  private final BooleanSupplier canAnswer;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private boolean scheduled;

  /**
   * @param owner takes what comes
   * @param canAnswer whether messages may be taken now; {@link #resume} is called when that changes
   */
  Inbox(Executor owner, Inflow inflow, BooleanSupplier canAnswer) {
    this.owner = owner;
    this.inflow = inflow;
    this.canAnswer = canAnswer;
  }

  void message(int size, Runnable call) {
    inflow.handedOver(size);
    add(new Entry(size, call));
  }

  /** Something about the connection itself, after all messages that came before. */
  void event(Runnable call) {
    add(new Entry(-1, call));
  }

  private synchronized void add(Entry entry) {
    entries.add(entry);
    resume();
  }

  /** Goes on if there is something to go on with. */
  synchronized void resume() {
    if (!scheduled && mayTake()) {
      scheduled = true;
      owner.execute(this::takeOne);
    }
  }

  private boolean mayTake() {
    Entry next = entries.peek();
    return next != null && (!next.isMessage() || canAnswer.getAsBoolean());
  }

  private void takeOne() {
    Entry entry;
    synchronized (this) {
      entry = mayTake() ? entries.poll() : null;
    }
    try {
      if (entry != null) {
        entry.call().run();
      }
    } finally {
      if (entry != null && entry.isMessage()) {
        inflow.taken(entry.size());
      }
      synchronized (this) {
        scheduled = false;
        resume();
      }
    }
  }
}
