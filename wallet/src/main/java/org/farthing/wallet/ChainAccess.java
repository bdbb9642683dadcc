package org.farthing.wallet;

import java.util.Collection;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.primitives.Transaction;

/** What a wallet sees of a node. Called on the wallet's own thread. */
public interface ChainAccess {
  /** The chain as it is now; its blocks are read one by one while the wallet catches up. */
  ChainSnapshot snapshot();

  /** All transactions of the mempool, parents before their children. */
  Collection<Transaction> mempool();
}
