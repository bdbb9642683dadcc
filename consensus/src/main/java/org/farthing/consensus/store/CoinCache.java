package org.farthing.consensus.store;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.LedgerUpdate;
import org.farthing.consensus.chain.StoreException;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.OutPoint;

/**
 * Coins in memory before the database: those that were read, made and spent last. What is new is
 * written by a thread of its own, many blocks' changes at once and sorted, while the next ones
 * gather: a coin that is made and spent meanwhile is never written. Any thread may look; one
 * updates, and where that is much to do another thread does it, when somebody needs it or others
 * had their turn: until it is done the changes themselves answer.
 *
 * <p>There are three tables, and a coin is looked for in this order: one gathers what changes and
 * what is read; one is being written; one holds what the database has too, and is given up when the
 * first has become large. Each of the first two has at most half of the memory.
 */
final class CoinCache {
  /** So many blocks must be connected again at most where a process ends without notice. */
  private static final int MOST_BLOCKS = 144;

  /**
   * So many changes of coins gather at most, where a block has no more. Twice as many, those that
   * are being written and those that gather meanwhile, are made again where a process ends without
   * notice; that takes about two seconds of CPU time, and one more until the code is compiled.
   */
  private static final int MOST_CHANGES = 2_000_000;

  /** Fewer changes are made sooner than they are handed over. */
  private static final int MANY = 1_000;

  private static final byte[] GONE = Database.NOTHING;

  /** What stands behind. */
  interface Store {
    /** The coin's bytes; null if there is none. Any thread. */
    byte[] read(OutPoint outPoint);

    /** Writes changes and the tip that they lead to, all or none. */
    void write(CoinTable changes, BlockHash tip);

    /** What is to be said of a coin whose bytes are none. */
    StoreException damaged(DecodeException problem);
  }

  /** What readers see at once. */
  private record Tables(CoinTable gathering, CoinTable leaving, CoinTable known) {}

  /** Changes that another thread brings into the tables, after a pause. */
  private record Following(Map<OutPoint, Optional<Coin>> changes, Pause pause) {}

  private final Store store;
  private final CoinPages pages;
  private final long bytes;
  private final int mostChanges;
  private final Supplier<Pause> pauses;
  private final CoinTable.CoinHash hashes;
  private volatile Tables tables;

  /** What is on its way into the tables, or did not get there; null if nothing. */
  private volatile Following following;

  private boolean followerIsBusy;

  private BlockHash tip;
  private int blocks;
  private int changes;
  private boolean writing;

  /** Before the last writing. */
  private Pause pause;

  private Thread thread;
  private Thread follower;
  private Throwable failure;

  /**
   * @param bytes of memory that it may take, about
   */
  CoinCache(Store store, CoinPages pages, long bytes) {
    this(store, pages, bytes, MOST_CHANGES, Pause::new);
  }

  /**
   * The same.
   *
   * @param mostChanges from so many on they are written
   * @param pauses before what nobody waits for
   */
  CoinCache(Store store, CoinPages pages, long bytes, int mostChanges, Supplier<Pause> pauses) {
    this.store = store;
    this.pages = pages;
    this.bytes = bytes;
    this.mostChanges = mostChanges;
    this.pauses = pauses;
    SecureRandom random = new SecureRandom();
    this.hashes = new CoinTable.CoinHash(random.nextLong(), random.nextLong());
    this.tables = new Tables(newTable(), newTable(), newTable());
  }

  private CoinTable newTable() {
    return new CoinTable(pages, hashes);
  }

  /** A coin as of the last update; one that is read meanwhile is remembered. */
  Optional<Coin> coin(OutPoint outPoint) {
    Following now = following;
    if (now == null) {
      return coinOfTables(outPoint);
    }
    // The next block is there, or will be soon.
    now.pause().end();
    Optional<Coin> changed = now.changes().get(outPoint);
    return changed == null ? coinOfTables(outPoint) : changed;
  }

  private Optional<Coin> coinOfTables(OutPoint outPoint) {
    int hash = hashes.of(outPoint);
    Tables now = tables;
    CoinShard gathering = now.gathering().shard(outPoint);
    long changes;
    byte[] value;
    synchronized (gathering) {
      value = gathering.value(outPoint, hash);
      changes = gathering.changes();
    }
    if (value == null) {
      value = earlier(now, outPoint, hash);
      if (value.length > 0 && !isFull(now.gathering())) {
        synchronized (gathering) {
          gathering.remember(outPoint, hash, value, changes);
        }
      }
    }
    return value.length == 0 ? Optional.empty() : Optional.of(decode(value));
  }

  private byte[] earlier(Tables now, OutPoint outPoint, int hash) {
    byte[] value = now.leaving().value(outPoint, hash);
    if (value == null) {
      value = now.known().value(outPoint, hash);
    }
    if (value == null) {
      value = store.read(outPoint);
    }
    return value == null ? GONE : value;
  }

  private Coin decode(byte[] value) {
    try {
      return Columns.COINS.value().decode(value);
    } catch (DecodeException e) {
      throw store.damaged(e);
    }
  }

  private boolean isFull(CoinTable table) {
    return table.bytes() >= bytes / 2;
  }

  /** The block as of which the coins are, if there were changes. */
  synchronized Optional<BlockHash> tip() {
    awaitFollowing();
    return Optional.ofNullable(tip);
  }

  /** Follows an update that has coins, whose changes stay as they are. */
  synchronized void apply(LedgerUpdate update) {
    awaitFollowing();
    check();
    if (update.coins().size() < MANY) {
      follow(update);
    } else {
      Pause first = pauses.get();
      following = new Following(update.coins(), first);
      followerIsBusy = true;
      follower = new Thread(() -> followAside(update, first), "coins");
      follower.start();
    }
  }

  private void followAside(LedgerUpdate update, Pause first) {
    first.take();
    followNow(update);
  }

  private synchronized void followNow(LedgerUpdate update) {
    try {
      follow(update);
      following = null;
    } catch (RuntimeException | Error e) {
      // As where they cannot be written; the tables may have a part of them, so that the changes
      // themselves go on to answer.
      failure = failure == null ? e : failure;
    } finally {
      followerIsBusy = false;
      notifyAll();
    }
  }

  private void follow(LedgerUpdate update) {
    boolean areNew = update.coinsAreNew();
    for (Map.Entry<OutPoint, Optional<Coin>> change : update.coins().entrySet()) {
      OutPoint outPoint = change.getKey();
      if (change.getValue().isPresent()) {
        make(outPoint, Columns.COINS.value().encode(change.getValue().get()), areNew);
      } else {
        spend(outPoint);
      }
    }
    tip = update.coinsTip().orElseThrow();
    blocks++;
    changes += update.coins().size();
    if (hasMuch() || blocks >= MOST_BLOCKS) {
      awaitWriting();
      startWriting();
    }
  }

  /** What gathers takes much memory, or would take long to make again. */
  private boolean hasMuch() {
    return changes >= mostChanges || isFull(tables.gathering());
  }

  private void make(OutPoint outPoint, byte[] value, boolean isNew) {
    int hash = hashes.of(outPoint);
    boolean fresh = isNew && isUnknown(outPoint, hash);
    CoinShard shard = tables.gathering().shard(outPoint);
    synchronized (shard) {
      int place = shard.find(outPoint, hash);
      boolean stays = place == 0 ? fresh : shard.state(place) == CoinState.FRESH;
      shard.put(outPoint, hash, stays ? CoinState.FRESH : CoinState.MADE, value);
    }
  }

  /** Nothing says that the database has it, or has had it. */
  private boolean isUnknown(OutPoint outPoint, int hash) {
    return !tables.leaving().has(outPoint, hash) && !tables.known().has(outPoint, hash);
  }

  private void spend(OutPoint outPoint) {
    int hash = hashes.of(outPoint);
    CoinShard shard = tables.gathering().shard(outPoint);
    synchronized (shard) {
      int place = shard.find(outPoint, hash);
      if (place != 0 && shard.state(place) == CoinState.FRESH) {
        shard.remove(outPoint, hash);
      } else {
        shard.put(outPoint, hash, CoinState.GONE, GONE);
      }
    }
  }

  private void startWriting() {
    CoinTable leaving = tables.gathering();
    CoinTable known = tables.known();
    Pause first = pauses.get();
    if (hasMuch()) {
      first.end();
    }
    leaving.freeze();
    if (leaving.bytes() + known.bytes() > bytes / 2) {
      // The database has all of it.
      tables = new Tables(newTable(), leaving, newTable());
      known.clear();
    } else {
      tables = new Tables(newTable(), leaving, known);
    }
    BlockHash leavingTip = tip;
    blocks = 0;
    changes = 0;
    writing = true;
    pause = first;
    thread = new Thread(() -> write(leaving, leavingTip, first), "coins");
    thread.start();
  }

  private void write(CoinTable leaving, BlockHash leavingTip, Pause first) {
    Throwable failed = null;
    try {
      first.take();
      store.write(leaving, leavingTip);
      settle(leaving);
    } catch (RuntimeException | Error e) {
      // Whoever updates next, or wants to close, hears of it.
      failed = e;
    }
    wrote(failed);
  }

  /** The database has what was written: the table joins what is known to be there. */
  private void settle(CoinTable leaving) {
    Tables now = tables;
    if (now.known().entries() == 0) {
      leaving.thaw();
      swap(leaving, now.known());
    } else {
      leaving.copyTo(now.known());
      swap(now.known(), leaving);
    }
  }

  /** Only updates change the first table meanwhile, and they wait. */
  private synchronized void swap(CoinTable known, CoinTable done) {
    tables = new Tables(tables.gathering(), newTable(), known);
    done.clear();
  }

  private synchronized void wrote(Throwable failed) {
    failure = failed;
    writing = false;
    notifyAll();
  }

  /** Everything is in the database when this returns. Any thread. */
  synchronized void flush() {
    awaitFollowing();
    awaitWriting();
    if (blocks > 0) {
      startWriting();
      awaitWriting();
    }
  }

  /**
   * Looks at the database when everything is in it and nothing is on its way: a file of coins is
   * there a moment before the block that they lead to is named. Any thread.
   */
  synchronized <T> T whenFlushed(Supplier<T> look) {
    flush();
    return look.get();
  }

  /** Everything is in the database when this returns, and no thread is left. */
  void close() {
    List<Thread> last = new ArrayList<>();
    try {
      flush();
    } finally {
      synchronized (this) {
        Stream.of(follower, thread).filter(Objects::nonNull).forEach(last::add);
      }
      last.forEach(CoinCache::join);
    }
  }

  /** It has done its work, and only ends. */
  private static void join(Thread last) {
    try {
      last.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Forgets everything: the database is about to lose its coins. */
  synchronized void discard() {
    awaitFollowing();
    awaitWriting();
    Tables before = tables;
    before.gathering().freeze();
    tables = new Tables(newTable(), newTable(), newTable());
    before.gathering().clear();
    before.known().clear();
    tip = null;
    blocks = 0;
    changes = 0;
  }

  private void awaitWriting() {
    if (writing) {
      pause.end();
    }
    awaitWhile(() -> writing);
    check();
  }

  /** The tables are as of the last update. */
  private void awaitFollowing() {
    Following now = following;
    if (now != null) {
      now.pause().end();
    }
    awaitWhile(() -> followerIsBusy);
  }

  private void awaitWhile(BooleanSupplier busy) {
    boolean interrupted = false;
    while (busy.getAsBoolean()) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** What could not be written is lost to this process; the next one connects the blocks again. */
  private void check() {
    if (failure != null) {
      throw new StoreException("the coins could not be written: " + failure.getMessage(), failure);
    }
  }
}
