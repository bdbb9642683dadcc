package org.farthing.node.mempool;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;

/**
 * The transactions of blocks that a reorganisation took back, until it is over: those that the new
 * branch doesn't confirm want to wait again. If they become too many, those that were confirmed
 * last are forgotten, as in Bitcoin Core.
 */
final class ReturningTransactions {
  /**
   * As much memory as they take together at most, by {@link MempoolEntry#usageBytes(Transaction)}.
   */
  static final long MAX_BYTES = 20_000_000;

  /** Those that were confirmed last come first. */
  private final Map<Txid, Transaction> waiting = new LinkedHashMap<>();

  private long usageBytes;
  private boolean reorganised;

  /** No block was taken back since the last time. */
  boolean isEmpty() {
    return !reorganised;
  }

  /** Blocks are disconnected from the tip down. */
  void disconnected(Block block) {
    reorganised = true;
    List<Transaction> transactions = new ArrayList<>(block.transactions());
    Collections.reverse(transactions);
    for (Transaction transaction : transactions) {
      if (waiting.putIfAbsent(transaction.txid(), transaction) == null) {
        usageBytes += MempoolEntry.usageBytes(transaction);
      }
    }
    Iterator<Transaction> latest = waiting.values().iterator();
    while (usageBytes > MAX_BYTES) {
      usageBytes -= MempoolEntry.usageBytes(latest.next());
      latest.remove();
    }
  }

  void connected(Block block) {
    for (Transaction transaction : block.transactions()) {
      Transaction confirmed = waiting.remove(transaction.txid());
      usageBytes -= confirmed == null ? 0 : MempoolEntry.usageBytes(confirmed);
    }
  }

  /** Takes out what the new branch has not confirmed, coinbases included, the oldest first. */
  List<Transaction> drain() {
    List<Transaction> returning = new ArrayList<>(waiting.values());
    Collections.reverse(returning);
    clear();
    return returning;
  }

  /** Nothing wants to wait again. */
  void clear() {
    waiting.clear();
    usageBytes = 0;
    reorganised = false;
  }
}
