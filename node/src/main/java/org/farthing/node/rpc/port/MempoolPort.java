package org.farthing.node.rpc.port;

import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.mempool.MempoolResult;
import org.farthing.node.mempool.MempoolSnapshot;

/** The transactions that wait. */
public interface MempoolPort {
  /** Any thread. */
  MempoolSnapshot snapshot();

  /**
   * Takes in a transaction and announces it to peers, also if it waits already. On the node's
   * thread.
   */
  MempoolResult submit(Transaction transaction);

  /**
   * Adds to what the fee of a transaction counts for; it need not wait yet. On the node's thread.
   *
   * @param additionalSat satoshis
   * @return false if that is not allowed: the transaction waits, and makes dust
   */
  boolean prioritise(Txid txid, long additionalSat);

  /** What {@link #submit} would say; nothing changes. On the node's thread. */
  MempoolResult test(Transaction transaction);
}
