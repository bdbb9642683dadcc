package org.farthing.node.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.mempool.MempoolEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a log has not heard of since it was written last. For one use. */
final class MissedEvents {
  private static final Logger LOG = LoggerFactory.getLogger(MissedEvents.class);

  private static final int MAX_TOGETHER = 5_000;

  private final EventStore store;
  private final EventRecorder.Subject subject;
  private final EventRecorder.Means means;
  private final List<LoggedEvent> together = new ArrayList<>();
  private final Map<Txid, TxFacts> pool;
  private long sequence;

  MissedEvents(EventStore store, EventRecorder.Subject subject, EventRecorder.Means means) {
    this.store = store;
    this.subject = subject;
    this.means = means;
    this.pool = store.pool();
    this.sequence = store.state().next();
  }

  /**
   * Writes it.
   *
   * @return the log's last block, if the chain stands below it and may come there again; else null
   */
  HeaderNode write() {
    HeaderNode ahead = store.isNew() ? begin() : chain();
    pool.values().forEach(tx -> add(new Event.TxRemoved(tx, RemovalCause.RESTART)));
    for (MempoolEntry entry : subject.waiting()) {
      add(new Event.TxAdded(TxFacts.of(entry, subject.coins().get())));
    }
    flush();
    return ahead;
  }

  private HeaderNode begin() {
    HeaderNode tip = subject.chain().tip();
    store.begin(BlockFacts.of(tip, count(tip)));
    return null;
  }

  private HeaderNode chain() {
    Optional<HeaderNode> known = lastKnown();
    if (known.isEmpty()) {
      LOG.warn(
          "The event log ends in a chain that this node does not have: it begins anew, and those"
              + " who read it have to begin anew too");
      together.clear();
      pool.clear();
      store.clear(means.random());
      sequence = store.state().next();
      return begin();
    }
    HeaderNode last = known.get();
    HeaderNode tip = subject.chain().tip();
    boolean told = together.isEmpty() && tip.isAncestorOf(last) && !tip.equals(last);
    if (told && !subject.chain().chain().status(last).isFailed()) {
      return last;
    }
    path(last, tip, this::count, this::add);
    return null;
  }

  /** Takes back the log's last blocks down to one that the node has, if that is not too deep. */
  private Optional<HeaderNode> lastKnown() {
    Optional<BlockFacts> last = Optional.of(store.state().tip());
    while (last.isPresent()) {
      BlockFacts block = last.get();
      Optional<HeaderNode> known = subject.chain().chain().header(block.hash());
      if (known.isPresent()) {
        return known;
      }
      add(new Event.BlockDisconnected(block));
      last = store.block(block.height() - 1).filter(below -> below.hash().equals(block.previous()));
    }
    return Optional.empty();
  }

  /** The events that lead from one tip to another. */
  static void path(
      HeaderNode from, HeaderNode to, ToIntFunction<HeaderNode> count, Consumer<Event> events) {
    HeaderNode fork = from.forkWith(to);
    for (HeaderNode node = from; !node.equals(fork); node = node.parent()) {
      events.accept(new Event.BlockDisconnected(BlockFacts.of(node, count.applyAsInt(node))));
    }
    for (int height = fork.height() + 1; height <= to.height(); height++) {
      HeaderNode node = to.ancestor(height);
      events.accept(new Event.BlockConnected(BlockFacts.of(node, count.applyAsInt(node))));
    }
  }

  private int count(HeaderNode node) {
    return subject.chain().chain().status(node).transactions();
  }

  private void add(Event event) {
    if (event instanceof Event.BlockConnected connected && !pool.isEmpty()) {
      confirm(connected.block());
    }
    together.add(new LoggedEvent(sequence++, means.clock().nowMillis(), event));
    if (together.size() >= MAX_TOGETHER) {
      flush();
    }
  }

  /** What waited and is in the block waits no longer, as it would have been said at the time. */
  private void confirm(BlockFacts facts) {
    Optional<Block> block = subject.chain().chain().block(facts.hash());
    for (Transaction tx : block.map(Block::transactions).orElse(List.of())) {
      TxFacts confirmed = pool.remove(tx.txid());
      if (confirmed != null) {
        together.add(
            new LoggedEvent(
                sequence++,
                means.clock().nowMillis(),
                new Event.TxRemoved(confirmed, RemovalCause.BLOCK)));
      }
    }
  }

  private void flush() {
    if (!together.isEmpty()) {
      store.write(together);
      together.clear();
    }
  }
}
