package org.farthing.wallet;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.filter.BlockFilter;
import org.farthing.consensus.primitives.Transaction;

/** What a wallet sees of a node. Called on the wallet's own thread. */
public interface ChainAccess {
  /** The chain as it is now; its blocks are read one by one while the wallet catches up. */
  ChainSnapshot snapshot();

  /** Whether there are filters of blocks (BIP-0158). */
  default boolean hasFilters() {
    return false;
  }

  /**
   * The filter of a block of the active chain: a block whose filter has no script of the wallet is
   * not read. Empty where there is none, so that the block itself has to be looked at.
   */
  default Optional<BlockFilter> filter(HeaderNode block) {
    return Optional.empty();
  }

  /** Run pure functions, so that the wallet's own thread need not do all of them. */
  default Executor workers() {
    return Runnable::run;
  }

  /** All transactions of the mempool, parents before their children. */
  Collection<Transaction> mempool();

  /** What hangs together in the mempool, and what that costs. */
  default MempoolView waiting() {
    return MempoolView.NONE;
  }
}
