package org.farthing.node.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.farthing.consensus.chain.StoreException;
import org.farthing.node.time.Clock;

/**
 * Events in their order, on disk. The node's thread adds them; a thread of the log's own writes
 * them, as many at a time as have come; readers see those that will not be forgotten again, not
 * even when the machine loses its power.
 */
public final class EventLog implements AutoCloseable {
  /** Events that wait to be written at most; then the node waits for its disk. */
  private static final int MAX_WAITING = 50_000;

  private static final int MAX_TOGETHER = 5_000;
  private static final long TIDY_SECONDS = 60;

  /** Nothing comes after it. */
  private static final LoggedEvent END = new LoggedEvent(0, 0, null);

  private final EventStore store;
  private final Retention retention;
  private final Clock clock;
  private final LinkedBlockingQueue<LoggedEvent> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
  private final Set<Runnable> listeners = new CopyOnWriteArraySet<>();
  private final ThreadPoolExecutor reading;
  private final Thread thread;
  private volatile State state;
  private volatile boolean failed;
  private long nextSequence;

  /**
   * What readers can see.
   *
   * @param first sequence of what is kept
   * @param next sequence, of the event that is yet to come
   * @param tip the last block of the chain, as all events up to here leave it
   */
  public record State(long first, long next, BlockFacts tip) {}

  /**
   * Takes over a store that is up to date.
   *
   * @param store is closed with the log
   * @param onFailure told, on the log's thread, why it cannot go on
   */
  EventLog(EventStore store, Retention retention, Clock clock, Consumer<Throwable> onFailure) {
    this.store = store;
    this.retention = retention;
    this.clock = clock;
    this.state = store.state();
    this.nextSequence = state.next();
    this.reading =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> daemon(task, "events-read"));
    reading.allowCoreThreadTimeOut(true);
    this.thread = daemon(() -> run(onFailure), "events");
    thread.start();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Tells this log from all others: sequences are those of one log. Any thread. */
  public long id() {
    return store.id();
  }

  /** Any thread. */
  public State state() {
    return state;
  }

  /** The node's thread. Waits only where the disk is far behind. */
  void append(Event event) {
    LoggedEvent logged = new LoggedEvent(nextSequence++, clock.nowMillis(), event);
    try {
      boolean queued = false;
      while (!queued && !failed) {
        queued = waiting.offer(logged, 1, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while the event log is written", e);
    }
  }

  /** Everything that was added is there for readers. On the node's thread. */
  boolean isWritten() {
    return state.next() == nextSequence;
  }

  /** The task is run, on the log's thread and to return at once, when there is more to read. */
  public void addListener(Runnable onNews) {
    listeners.add(onNews);
  }

  public void removeListener(Runnable onNews) {
    listeners.remove(onNews);
  }

  /**
   * Reads some events in their order, on a thread of the log's. What is forgotten is left out: the
   * first event may be a later one.
   *
   * @param then gets them on that thread; nothing comes after the log was closed
   */
  public void read(long from, int most, Consumer<List<LoggedEvent>> then) {
    try {
      reading.execute(() -> then.accept(store.page(from, most)));
    } catch (RejectedExecutionException e) {
      // Closed: so will be those who read.
    }
  }

  private void run(Consumer<Throwable> onFailure) {
    try {
      List<LoggedEvent> together = new ArrayList<>();
      while (!together.contains(END)) {
        together.clear();
        LoggedEvent news = waiting.poll(TIDY_SECONDS, TimeUnit.SECONDS);
        if (news != null) {
          together.add(news);
          waiting.drainTo(together, MAX_TOGETHER - 1);
          write(together);
        }
        tidy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable failure) {
      failed = true;
      onFailure.accept(failure);
    }
  }

  @SuppressWarnings("ReferenceEquality") // It is one object that means the end.
  private void write(List<LoggedEvent> together) {
    List<LoggedEvent> events = together.stream().filter(event -> event != END).toList();
    if (!events.isEmpty()) {
      store.write(events);
      state = store.state();
      listeners.forEach(Runnable::run);
    }
  }

  private void tidy() {
    boolean more = true;
    while (more && waiting.isEmpty()) {
      more = store.forget(retention, clock.nowMillis());
      state = store.state();
    }
  }

  /** Writes what is still to be written, and ends. */
  @Override
  public void close() {
    reading.shutdown();
    try {
      boolean queued = false;
      while (!queued && !failed) {
        queued = waiting.offer(END, 1, TimeUnit.SECONDS);
      }
      thread.join();
      var unused = reading.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    store.close();
  }
}
