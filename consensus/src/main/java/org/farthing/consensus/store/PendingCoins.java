package org.farthing.consensus.store;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.LedgerUpdate;
import org.farthing.consensus.chain.StoreException;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.OutPoint;

/**
 * Changes of coins that are not in the database yet. Many blocks' changes are written in one batch,
 * on a thread of its own, while the next ones gather here: a coin that is made and spent meanwhile
 * is never written. Any thread may look; one updates.
 */
final class PendingCoins {
  /** Some 230 bytes of heap each; twice as many while a batch is being written. */
  private static final int MOST_CHANGES = 1 << 17;

  /** Of a small heap they get a part that is no larger than that, each counted with so many. */
  private static final int HEAP_BYTES_FOR_EACH = 2_048;

  private static final long HEAP_BYTES = Runtime.getRuntime().maxMemory();

  /** So many blocks must be connected again at most where a process ends without notice. */
  private static final int MOST_BLOCKS = 144;

  /** A new block sets much in motion that somebody waits for: nobody waits for the batch. */
  private static final long PAUSE_MILLIS = 1_000;

  /** Writes changes and the tip that they lead to, all or none. */
  @FunctionalInterface
  interface Writer {
    void write(Map<OutPoint, Change> changes, BlockHash tip);
  }

  /**
   * What became of a coin.
   *
   * @param coin empty if it is gone
   * @param fresh the database does not know the coin
   */
  record Change(Optional<Coin> coin, boolean fresh) {
    static final Change GONE = new Change(Optional.empty(), false);
  }

  /**
   * What readers see at once.
   *
   * @param leaving is being written; nothing changes in it any more
   */
  private record Generations(
      ConcurrentMap<OutPoint, Change> gathering, Map<OutPoint, Change> leaving) {}

  private final Writer writer;
  private volatile Generations generations = new Generations(new ConcurrentHashMap<>(), Map.of());
  private BlockHash tip;
  private int blocks;
  private boolean writing;
  private boolean hurrying;
  private Thread thread;
  private Throwable failure;

  PendingCoins(Writer writer) {
    this.writer = writer;
  }

  /** The last change of a coin that may not be in the database yet; null if there is none. */
  Change find(OutPoint outPoint) {
    Generations now = generations;
    Change change = now.gathering().get(outPoint);
    return change != null ? change : now.leaving().get(outPoint);
  }

  /** The block as of which the coins are, if there were changes. */
  synchronized Optional<BlockHash> tip() {
    return Optional.ofNullable(tip);
  }

  /** Follows an update that has coins. */
  synchronized void apply(LedgerUpdate update) {
    check();
    update.coins().forEach((outPoint, coin) -> apply(outPoint, coin, update.coinsAreNew()));
    tip = update.coinsTip().orElseThrow();
    blocks++;
    if (generations.gathering().size() >= mostChanges() || blocks >= MOST_BLOCKS) {
      awaitWriting();
      startWriting();
    }
  }

  private static long mostChanges() {
    return Math.min(MOST_CHANGES, HEAP_BYTES / HEAP_BYTES_FOR_EACH);
  }

  private void apply(OutPoint outPoint, Optional<Coin> coin, boolean isNew) {
    ConcurrentMap<OutPoint, Change> gathering = generations.gathering();
    Change before = gathering.get(outPoint);
    if (coin.isPresent()) {
      boolean fresh =
          before != null ? before.fresh() : isNew && !generations.leaving().containsKey(outPoint);
      gathering.put(outPoint, new Change(coin, fresh));
    } else if (before != null && before.fresh()) {
      gathering.remove(outPoint);
    } else {
      gathering.put(outPoint, Change.GONE);
    }
  }

  private void startWriting() {
    Map<OutPoint, Change> leaving = generations.gathering();
    BlockHash leavingTip = tip;
    generations = new Generations(new ConcurrentHashMap<>(), leaving);
    blocks = 0;
    writing = true;
    hurrying = false;
    thread = new Thread(() -> write(leaving, leavingTip), "coins");
    thread.start();
  }

  private void write(Map<OutPoint, Change> leaving, BlockHash leavingTip) {
    Throwable failed = null;
    pause();
    try {
      writer.write(leaving, leavingTip);
    } catch (RuntimeException | Error e) {
      // Whoever updates next, or wants to close, hears of it.
      failed = e;
    }
    wrote(failed);
  }

  private synchronized void pause() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
    for (long left = PAUSE_MILLIS; left > 0 && !hurrying; ) {
      try {
        wait(left);
      } catch (InterruptedException e) {
        // Nobody has this thread.
        throw new AssertionError(e);
      }
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
  }

  private synchronized void wrote(Throwable failed) {
    if (failed == null) {
      generations = new Generations(generations.gathering(), Map.of());
    }
    failure = failed;
    writing = false;
    notifyAll();
  }

  /** Everything is in the database when this returns. Any thread. */
  synchronized void flush() {
    awaitWriting();
    if (blocks > 0) {
      startWriting();
      awaitWriting();
    }
  }

  /** Everything is in the database when this returns, and no thread is left. */
  void close() {
    Thread last;
    try {
      flush();
    } finally {
      synchronized (this) {
        last = thread;
      }
      join(last);
    }
  }

  /** It has done its work, and only ends. */
  private static void join(Thread last) {
    try {
      if (last != null) {
        last.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Forgets all changes: the database is about to lose the coins that they belong to. */
  synchronized void discard() {
    awaitWriting();
    generations = new Generations(new ConcurrentHashMap<>(), Map.of());
    tip = null;
    blocks = 0;
  }

  private void awaitWriting() {
    boolean interrupted = false;
    hurrying = true;
    notifyAll();
    while (writing) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    check();
  }

  /** What could not be written is lost to this process; the next one connects the blocks again. */
  private void check() {
    if (failure != null) {
      throw new StoreException("the coins could not be written: " + failure.getMessage(), failure);
    }
  }
}
