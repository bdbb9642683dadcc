package org.farthing.node.events;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.StoreException;
import org.farthing.consensus.column.KeyRange;
import org.farthing.consensus.column.Order;
import org.farthing.consensus.index.IndexPosition;
import org.farthing.consensus.index.IndexStore;
import org.farthing.consensus.index.IndexUpdate;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Txid;

/**
 * The rows of a log. With the events it keeps what they amount to: the last blocks of the chain,
 * and what waits. One thread writes, any may read.
 */
final class EventStore implements AutoCloseable {
  /** A reorganisation that is deeper, of blocks that the node has lost, begins a new log. */
  private static final int CHAIN_BLOCKS = 1_000;

  private static final int PAGE = 1_000;

  private static final Txid FIRST_TXID = Txid.of(filled(0));
  private static final Txid LAST_TXID = Txid.of(filled(-1));

  private final IndexStore store;
  private long id;
  private long first;
  private long next;
  private long bytes;
  private BlockFacts tip;

  /**
   * Opens the rows that a store holds.
   *
   * @param store is closed with this
   * @param random makes the identifier of a new log
   */
  EventStore(IndexStore store, RandomGenerator random) {
    this.store = store;
    if (store.position().isEmpty()) {
      clear(random);
      return;
    }
    id = fact(EventColumns.ID);
    next = fact(EventColumns.NEXT);
    bytes = fact(EventColumns.BYTES);
    tip = block((int) fact(EventColumns.HEIGHT)).orElseThrow(EventStore::damaged);
    first =
        store
            .page(EventColumns.EVENTS, new KeyRange<>(0L, Long.MAX_VALUE), Order.ASCENDING, 1)
            .stream()
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(next);
  }

  private static byte[] filled(int value) {
    byte[] hash = new byte[Txid.SIZE];
    Arrays.fill(hash, (byte) value);
    return hash;
  }

  private static StoreException damaged() {
    return new StoreException("the event log is damaged: without its folder there is a new one");
  }

  private long fact(String name) {
    return store.get(EventColumns.FACTS, name).orElseThrow(EventStore::damaged);
  }

  /** Forgets everything: this is another log from now on. */
  void clear(RandomGenerator random) {
    store.clear();
    id = random.nextLong();
    first = 1;
    next = 1;
    bytes = 0;
    tip = null;
  }

  /** No chain is known yet: {@link #begin} says where it stands. */
  boolean isNew() {
    return tip == null;
  }

  /** Begins with a chain that ends with this block. */
  void begin(BlockFacts last) {
    tip = last;
    IndexUpdate update = new IndexUpdate(store);
    update.put(EventColumns.CHAIN, (long) last.height(), last);
    commit(update);
  }

  long id() {
    return id;
  }

  EventLog.State state() {
    return new EventLog.State(first, next, tip);
  }

  /** The block of the log's chain at a height, if that is not long ago. */
  Optional<BlockFacts> block(int height) {
    return store.get(EventColumns.CHAIN, (long) height);
  }

  /** Everything that waits, by all that the log says. */
  Map<Txid, TxFacts> pool() {
    Map<Txid, TxFacts> pool = new LinkedHashMap<>();
    Txid from = FIRST_TXID;
    for (; ; ) {
      List<Map.Entry<Txid, TxFacts>> page =
          store.page(EventColumns.POOL, new KeyRange<>(from, LAST_TXID), Order.ASCENDING, PAGE);
      page.forEach(row -> pool.put(row.getKey(), row.getValue()));
      if (page.size() < PAGE) {
        return pool;
      }
      from = page.get(PAGE - 1).getKey();
    }
  }

  /** Some events in their order, those that are forgotten left out. Any thread. */
  List<LoggedEvent> page(long from, int most) {
    List<LoggedEvent> events = new ArrayList<>();
    for (Map.Entry<Long, byte[]> row :
        store.page(
            EventColumns.EVENTS, new KeyRange<>(from, Long.MAX_VALUE), Order.ASCENDING, most)) {
      try {
        events.add(LoggedEvent.decode(row.getKey(), row.getValue()));
      } catch (DecodeException e) {
        throw new StoreException("the event log is damaged: " + e.getMessage(), e);
      }
    }
    return events;
  }

  /** Writes events that follow those that are there, together or not at all. */
  void write(List<LoggedEvent> events) {
    IndexUpdate update = new IndexUpdate(store);
    for (LoggedEvent logged : events) {
      if (logged.sequence() != next) {
        throw new AssertionError("event " + logged.sequence() + " where " + next + " is due");
      }
      LoggedEvent complete = applied(logged, update);
      byte[] encoded = complete.encode();
      update.put(EventColumns.EVENTS, next, encoded);
      bytes += Retention.size(encoded);
      next++;
    }
    commit(update);
  }

  /** Keeps what the event amounts to; returns it with what the log knows and it does not. */
  private LoggedEvent applied(LoggedEvent logged, IndexUpdate update) {
    Event event = logged.event();
    if (event instanceof Event.BlockConnected connected) {
      connected(connected.block(), update);
    } else if (event instanceof Event.BlockDisconnected disconnected) {
      disconnected(disconnected.block(), update);
    } else if (event instanceof Event.TxAdded added) {
      update.put(EventColumns.POOL, added.tx().txid(), added.tx());
    } else if (event instanceof Event.TxRemoved removed) {
      Optional<TxFacts> known = update.get(EventColumns.POOL, removed.tx().txid());
      update.delete(EventColumns.POOL, removed.tx().txid());
      TxFacts facts = removed.tx().withScripts(known.map(TxFacts::scripts).orElse(List.of()));
      return new LoggedEvent(
          logged.sequence(), logged.timeMillis(), new Event.TxRemoved(facts, removed.cause()));
    }
    return logged;
  }

  private void connected(BlockFacts block, IndexUpdate update) {
    tip = block;
    update.put(EventColumns.CHAIN, (long) block.height(), block);
    update.delete(EventColumns.CHAIN, (long) block.height() - CHAIN_BLOCKS);
  }

  private void disconnected(BlockFacts block, IndexUpdate update) {
    long height = block.height() - 1L;
    update.delete(EventColumns.CHAIN, (long) block.height());
    // Of a block that is below all that is kept nothing but the hash is known.
    tip =
        update
            .get(EventColumns.CHAIN, height)
            .orElseGet(
                () ->
                    new BlockFacts(
                        block.previous(), BlockHash.of(filled(0)), block.height() - 1, 0, 0));
    update.put(EventColumns.CHAIN, height, tip);
  }

  /**
   * Forgets some of what is too much.
   *
   * @return whether there may be more
   */
  boolean forget(Retention retention, long nowMillis) {
    Retention.Surplus surplus = retention.surplus(store, first, bytes, nowMillis);
    if (surplus.sequences().isEmpty()) {
      return false;
    }
    IndexUpdate update = new IndexUpdate(store);
    surplus.sequences().forEach(sequence -> update.delete(EventColumns.EVENTS, sequence));
    bytes -= surplus.bytes();
    first = surplus.sequences().get(surplus.sequences().size() - 1) + 1;
    commit(update);
    return surplus.isFull();
  }

  private void commit(IndexUpdate update) {
    update.put(EventColumns.FACTS, EventColumns.ID, id);
    update.put(EventColumns.FACTS, EventColumns.NEXT, next);
    update.put(EventColumns.FACTS, EventColumns.BYTES, bytes);
    update.put(EventColumns.FACTS, EventColumns.HEIGHT, (long) tip.height());
    store.commit(update, new IndexPosition(List.of(tip.hash())));
  }

  @Override
  public void close() {
    store.close();
  }
}
