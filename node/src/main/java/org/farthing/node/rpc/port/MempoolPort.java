package org.farthing.node.rpc.port;

import java.util.List;
import java.util.Optional;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.mempool.FeeRate;
import org.farthing.node.mempool.MempoolResult;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.node.mempool.PackageResult;

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
   * Takes in as much as it may of a child with its parents, which come before it, and announces it.
   * On the node's thread.
   *
   * @param highestRate that the sender wants to pay for one of them, if he says
   */
  PackageResult submit(List<Transaction> transactions, Optional<FeeRate> highestRate);

  /**
   * Adds to what the fee of a transaction counts for; it need not wait yet. On the node's thread.
   *
   * @param additionalSat satoshis
   * @return false if that is not allowed: the transaction waits, and makes dust
   */
  boolean prioritise(Txid txid, long additionalSat);

  /** Where it is kept between two runs. */
  MempoolFilePort file();

  /** What {@link #submit} would say; nothing changes. On the node's thread. */
  MempoolResult test(Transaction transaction);

  /**
   * Whether each of several transactions would be taken in after those before it; nothing changes.
   * On the node's thread.
   */
  PackageResult test(List<Transaction> transactions);
}
