package org.farthing.consensus.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Deletes old blocks to save space: bodies and undo data, of all branches, from the lowest upwards.
 * Headers, coins and what was learned of the blocks stay.
 *
 * <p>The last {@value #KEPT_BLOCKS} blocks below the tip are never touched, whichever branch they
 * are on: a node that says that it has no old blocks promises these (BIP-0159), and reorganisations
 * may go back that far. A block that was pruned can be received again.
 *
 * <p>For the owner of the chain.
 */
public final class Pruner {
  /** How far below the tip everything stays. */
  public static final int KEPT_BLOCKS = 288;

  /**
   * Pruning begins when less than this part of the target is free, and goes on until twice as much
   * is: the database needs some room of its own, and does not work for each single block.
   */
  private static final int RESERVE_PART = 32;

  private static final int BLOCKS_AT_ONCE = 500;

  private final Ledger ledger;
  private final HeaderTree headers;
  private final Supplier<ChainSnapshot> chain;
  private final Owner owner;
  private final Executor background;
  private final List<IntSupplier> readers = new ArrayList<>();

  /**
   * @param background gives space back to the system, which takes a moment
   */
  Pruner(
      Ledger ledger,
      HeaderTree headers,
      Supplier<ChainSnapshot> chain,
      Owner owner,
      Executor background) {
    this.ledger = ledger;
    this.headers = headers;
    this.chain = chain;
    this.owner = owner;
    this.background = background;
  }

  /**
   * Spares blocks that somebody has still to read.
   *
   * @param lastRead the height of the last block that he does not need any more, now
   */
  public void spareAfter(IntSupplier lastRead) {
    readers.add(lastRead);
  }

  /**
   * Deletes the blocks up to a height.
   *
   * @param height the last that may go, if it is not too close to the tip
   */
  public void pruneTo(int height) {
    owner.check();
    prune(height, Long.MAX_VALUE);
  }

  /**
   * Deletes the lowest blocks if all together come close to the target. They may still be more
   * afterwards: those near the tip stay.
   *
   * @param targetBytes for bodies and undo data
   */
  public void pruneToSize(long targetBytes) {
    owner.check();
    long bytes = ledger.blockBytes();
    long reserve = targetBytes / RESERVE_PART;
    if (bytes > targetBytes - reserve) {
      prune(Integer.MAX_VALUE, bytes - (targetBytes - 2 * reserve));
    }
  }

  private void prune(int height, long bytesToFree) {
    int last = Math.min(height, chain.get().height() - KEPT_BLOCKS);
    for (IntSupplier reader : readers) {
      last = Math.min(last, reader.getAsInt());
    }
    long freed = 0;
    int highest = 0;
    boolean more = true;
    while (more) {
      List<StoredBlock> victims = new ArrayList<>();
      List<StoredBlock> lowest = ledger.blocksAfter(headers.genesis().key(), BLOCKS_AT_ONCE);
      for (StoredBlock block : lowest) {
        if (block.key().height() <= last && freed < bytesToFree) {
          victims.add(block);
          freed += block.bytes();
          highest = block.key().height();
        }
      }
      forget(victims);
      more = victims.size() == BLOCKS_AT_ONCE;
    }
    if (highest > 0) {
      int reclaimed = highest;
      background.execute(() -> ledger.reclaim(reclaimed));
    }
  }

  private void forget(List<StoredBlock> victims) {
    LedgerUpdate update = new LedgerUpdate();
    for (StoredBlock block : victims) {
      HeaderNode node = headers.find(block.key().hash()).orElseThrow();
      // Before the body goes: who finds none must find out why.
      headers.markPruned(node);
      update.forget(block.key()).header(headers.stored(node));
    }
    ledger.commit(update);
  }
}
