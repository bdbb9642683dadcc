package org.farthing.node.events;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.consensus.chain.ChainReader;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.CoinView;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.index.IndexLayout;
import org.farthing.consensus.index.IndexStore;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.mempool.MempoolEvent;
import org.farthing.node.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what happens. At the start it first writes what the log has missed: blocks that were
 * connected while nobody wrote, or just before the node was killed; and that nothing waits any more
 * of what waited then. Node thread.
 */
public final class EventRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);

  private final EventLog log;
  private final ChainReader chain;
  private final Supplier<CoinView> coins;

  /**
   * The log's last block, where the chain stands below it and may come there again: what lies
   * between was told already. Null otherwise.
   */
  private HeaderNode ahead;

  private EventRecorder(EventLog log, Subject subject, HeaderNode ahead) {
    this.log = log;
    this.chain = subject.chain().chain();
    this.coins = subject.coins();
    this.ahead = ahead;
  }

  /** Where rows are kept. */
  @FunctionalInterface
  public interface Place {
    IndexStore open(IndexLayout layout);
  }

  /**
   * Chain and mempool as they are at the start.
   *
   * @param coins of the chain and of what waits, at any time: those that are spent by what waits
   *     included
   */
  public record Subject(ChainSnapshot chain, List<MempoolEntry> waiting, Supplier<CoinView> coins) {
    public Subject {
      waiting = List.copyOf(waiting);
    }
  }

  /** Who else is needed. */
  public record Means(Clock clock, RandomGenerator random, Consumer<Throwable> onFailure) {}

  /** Opens the log, and brings it up to date. */
  public static EventRecorder start(
      Place place, Retention retention, Subject subject, Means means) {
    EventStore store = new EventStore(place.open(EventColumns.LAYOUT), means.random());
    try {
      HeaderNode ahead = new MissedEvents(store, subject, means).write();
      EventLog log = new EventLog(store, retention, means.clock(), means.onFailure());
      LOG.info(
          "Event log {}: {} events, the next is {}",
          Cursor.text(store.id()),
          log.state().next() - log.state().first(),
          log.state().next());
      return new EventRecorder(log, subject, ahead);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  public EventLog log() {
    return log;
  }

  /** To be called for every event. */
  public void chainChanged(ChainEvent event) {
    if (ahead != null) {
      catchUp(event);
      return;
    }
    BlockFacts facts = BlockFacts.of(event.node(), event.block().transactions().size());
    log.append(
        event instanceof ChainEvent.Connected
            ? new Event.BlockConnected(facts)
            : new Event.BlockDisconnected(facts));
  }

  /** Blocks that the log knows are no news, until the chain is where it was or goes elsewhere. */
  private void catchUp(ChainEvent event) {
    HeaderNode node = event.node();
    if (event instanceof ChainEvent.Connected && !node.isAncestorOf(ahead)) {
      HeaderNode last = ahead;
      ahead = null;
      MissedEvents.path(last, node, block -> chain.status(block).transactions(), log::append);
    } else if (event instanceof ChainEvent.Connected && node.equals(ahead)) {
      ahead = null;
    }
  }

  /** To be called for every event of the mempool. */
  public void mempoolChanged(MempoolEvent event) {
    if (event instanceof MempoolEvent.Added added) {
      log.append(new Event.TxAdded(TxFacts.of(added.entry(), coins.get())));
    } else if (event instanceof MempoolEvent.Removed removed) {
      log.append(
          new Event.TxRemoved(TxFacts.of(removed.entry()), RemovalCause.of(removed.reason())));
    }
  }
}
