package org.farthing.wallet;

import java.util.Optional;
import org.farthing.consensus.primitives.Transaction;

/** How a wallet's transactions reach the network. Called on the wallet's own thread. */
@FunctionalInterface
public interface TxPublisher {
  /**
   * Offers a transaction to the node's mempool, which relays it if it takes it. One that the
   * mempool has already counts as taken, and is announced again.
   *
   * @return why the mempool refuses it, in Bitcoin Core's words; empty if it doesn't
   */
  Optional<String> publish(Transaction transaction);
}
