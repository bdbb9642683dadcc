package org.farthing.node.rpc.port;

import org.farthing.consensus.primitives.Transaction;
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

  /** What {@link #submit} would say; nothing changes. On the node's thread. */
  MempoolResult test(Transaction transaction);
}
