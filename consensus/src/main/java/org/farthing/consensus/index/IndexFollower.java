package org.farthing.consensus.index;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.farthing.consensus.chain.BlockStatus;
import org.farthing.consensus.chain.BlockUndo;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.StoreException;
import org.farthing.consensus.index.Indexer.StaleRows;
import org.farthing.consensus.primitives.Block;

/**
 * Leads an index along the active chain, wherever that goes: onwards, back to a fork and up another
 * branch, or to a state in which the block where the index stands is not known any more. It reads
 * blocks from the chain, and never makes the chain's owner wait.
 *
 * <p>For one thread, but for what says otherwise.
 */
public final class IndexFollower {
  /** A step is written as soon as it has so many blocks, changes or bytes of blocks. */
  private static final int MOST_BLOCKS = 1_000;

  private static final int MOST_CHANGES = 20_000;
  private static final long MOST_BYTES = 4 << 20;

  private static final BlockUndo NO_UNDO = new BlockUndo(List.of());

  private final Indexer indexer;
  private final IndexStore store;
  private final Supplier<ChainSnapshot> chain;

  /** Null before the genesis. */
  private volatile HeaderNode best;

  /**
   * Goes on where the store ends, or at an ancestor of that block if the chain does not know it any
   * more.
   *
   * @param chain as of now
   */
  public IndexFollower(Indexer indexer, IndexStore store, Supplier<ChainSnapshot> chain) {
    this.indexer = indexer;
    this.store = store;
    this.chain = chain;
    Optional<IndexPosition> position = store.position();
    Optional<HeaderNode> known = position.flatMap(p -> p.known(chain.get().chain()));
    boolean lost = !known.map(HeaderNode::hash).equals(position.map(IndexPosition::best));
    if (!lost) {
      best = known.orElse(null);
    } else if (indexer.staleRows() == StaleRows.REMOVED) {
      clear();
    } else {
      best = known.map(node -> indexer.resume(node, store)).orElse(null);
    }
  }

  /** The block up to which the index has come, if it has begun. On any thread. */
  public Optional<HeaderNode> best() {
    return Optional.ofNullable(best);
  }

  /** Whether there is nothing to do. On any thread. */
  public boolean isAt(ChainSnapshot now) {
    HeaderNode reached = best;
    return reached == now.tip()
        || (reached != null
            && indexer.staleRows() == StaleRows.KEPT
            && now.tip().isAncestorOf(reached));
  }

  /**
   * The highest block that the index does not need any more, which may be none of the active chain.
   * On any thread.
   */
  public int lastRead(ChainSnapshot now) {
    HeaderNode reached = best;
    return reached == null ? -1 : reached.forkWith(now.tip()).height();
  }

  /** Whether a block that the index has still to read has been pruned. */
  public boolean lacksBlocks() {
    ChainSnapshot now = chain.get();
    int lastRead = lastRead(now);
    for (HeaderNode node = now.tip(); node != null && node.height() > lastRead; ) {
      BlockStatus status = now.chain().status(node);
      if (!status.isStored() || (indexer.readsUndo() && !status.hasUndo())) {
        return true;
      }
      node = node.parent();
    }
    return false;
  }

  /**
   * Goes a step towards the tip.
   *
   * @param stopping asked between two blocks; once it is true, the step ends
   * @return whether there is nothing left to do
   * @throws StoreException if a block is missing, or a store fails
   */
  public boolean advance(BooleanSupplier stopping) {
    ChainSnapshot now = chain.get();
    if (isAt(now)) {
      return true;
    }
    Step step = new Step(now, stopping);
    if (step.back()) {
      step.forth();
      step.commit();
    } else {
      clear();
    }
    return isAt(chain.get());
  }

  /**
   * Stands at the tip itself, not beyond it, for a chain that goes back for good. There is nothing
   * else to do.
   */
  public void stepBack() {
    HeaderNode tip = chain.get().tip();
    if (best != tip) {
      store.commit(new IndexUpdate(store), IndexPosition.of(tip));
      best = tip;
    }
  }

  private void clear() {
    store.clear();
    best = null;
  }

  /** Some blocks that are taken back and added, in one write. */
  private final class Step {
    private final ChainSnapshot now;
    private final BooleanSupplier stopping;
    private final IndexUpdate update = new IndexUpdate(store);
    private HeaderNode at = best;
    private int blocks;
    private long bytes;

    Step(ChainSnapshot now, BooleanSupplier stopping) {
      this.now = now;
      this.stopping = stopping;
    }

    private boolean isFull() {
      return blocks >= MOST_BLOCKS
          || update.size() >= MOST_CHANGES
          || bytes >= MOST_BYTES
          || stopping.getAsBoolean();
    }

    /**
     * Down to the fork with the active chain.
     *
     * @return false where a block is missing that is to be taken back
     */
    boolean back() {
      if (at == null) {
        return true;
      }
      HeaderNode fork = at.forkWith(now.tip());
      if (at != fork && indexer.staleRows() == StaleRows.KEPT) {
        at = indexer.resume(fork, store);
        return true;
      }
      while (at != fork && !isFull()) {
        Optional<IndexedBlock> stale = find(at);
        if (stale.isEmpty()) {
          return false;
        }
        indexer.disconnect(stale.get(), update);
        at = at.parent();
      }
      return true;
    }

    /** Up the active chain, unless there is more to take back. */
    void forth() {
      if (at != null && !now.isActive(at)) {
        return;
      }
      while (at != now.tip() && !isFull()) {
        HeaderNode next = now.tip().ancestor(at == null ? 0 : at.height() + 1);
        Optional<IndexedBlock> block = find(next);
        if (block.isEmpty()) {
          expectReplaced(next);
          return;
        }
        indexer.connect(block.get(), update);
        at = next;
      }
    }

    void commit() {
      if (at != null && at != best) {
        indexer.finish(update);
        store.commit(update, IndexPosition.of(at));
        best = at;
      }
    }

    private Optional<IndexedBlock> find(HeaderNode node) {
      Optional<Block> block = now.chain().block(node.hash());
      Optional<BlockUndo> undo =
          indexer.readsUndo() ? now.chain().undo(node.hash()) : Optional.of(NO_UNDO);
      if (block.isEmpty() || undo.isEmpty()) {
        return Optional.empty();
      }
      blocks++;
      bytes += block.get().totalSize();
      return Optional.of(new IndexedBlock(node, block.get(), undo.get()));
    }

    /** A block may be forgotten as soon as it is not active any more. */
    private void expectReplaced(HeaderNode node) {
      if (chain.get().isActive(node)) {
        throw new StoreException(
            "%s cannot go on: the block %s, or the coins that it spent, are not stored"
                .formatted(indexer.layout().name(), node));
      }
    }
  }
}
