package org.farthing.consensus.chain;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.validation.Verdict;

/**
 * Finds the headers again of all bodies in a ledger that has lost the rest. Bodies stand by height,
 * so that each comes after its parent. One that is damaged, that breaks a rule, or whose ancestors
 * are not all there, is deleted: it can be asked for again.
 *
 * <p>It may end at any moment, and goes on when the ledger is opened the next time. The coins
 * follow as blocks are connected.
 */
final class Rebuild {
  private static final int BLOCKS_AT_ONCE = 500;

  private final Ledger ledger;
  private final BlockAcceptance acceptance;
  private final BooleanSupplier stopping;

  /**
   * @param stopping asked between two blocks
   */
  Rebuild(Ledger ledger, BlockAcceptance acceptance, BooleanSupplier stopping) {
    this.ledger = ledger;
    this.acceptance = acceptance;
    this.stopping = stopping;
  }

  /**
   * @param genesis which has its header
   */
  void run(BlockKey genesis) {
    BlockKey last = genesis;
    List<StoredBlock> some = ledger.blocksAfter(last, BLOCKS_AT_ONCE);
    while (!some.isEmpty()) {
      for (StoredBlock stored : some) {
        if (stopping.getAsBoolean()) {
          return;
        }
        last = stored.key();
        if (!isGood(last)) {
          ledger.commit(new LedgerUpdate().forget(last));
        }
      }
      some = ledger.blocksAfter(last, BLOCKS_AT_ONCE);
    }
    ledger.endRebuild();
  }

  private boolean isGood(BlockKey key) {
    Optional<Block> block = ledger.blockBytes(key).flatMap(Rebuild::decode);
    return block.isPresent()
        && block.get().hash().equals(key.hash())
        && acceptance.alreadyStored(block.get(), key).equals(Verdict.accepted());
  }

  private static Optional<Block> decode(byte[] bytes) {
    try {
      return Optional.of(Block.decode(bytes));
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }
}
