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
 * last are forgotten, as in Bitcoin Core. Where an operator takes back blocks, only those of the
 * last ones return.
 */
final class ReturningTransactions {
  /**
   * As much memory as they take together at most, by {@link MempoolEntry#usageBytes(Transaction)}.
   */
  static final long MAX_BYTES = 20_000_000;

  /** Those that were confirmed last come first. */
  private final Map<Txid, Returning> waiting = new LinkedHashMap<>();

  private long usageBytes;
  private boolean reorganised;
  private int blocksThatReturn = Integer.MAX_VALUE;

  /** Of the blocks that are disconnected from now on, so many return at most. */
  void limit(int blocks) {
    blocksThatReturn = blocks;
  }

  /** No block was taken back since the last time. */
  boolean isEmpty() {
    return !reorganised;
  }

  /** Blocks are disconnected from the tip down. */
  void disconnected(Block block) {
    reorganised = true;
    boolean returns = blocksThatReturn > 0;
    blocksThatReturn = Math.max(0, blocksThatReturn - 1);
    List<Transaction> transactions = new ArrayList<>(block.transactions());
    Collections.reverse(transactions);
    for (Transaction transaction : transactions) {
      Returning each = new Returning(transaction, returns && !transaction.isCoinbase());
      if (waiting.putIfAbsent(transaction.txid(), each) == null) {
        usageBytes += each.usageBytes();
      }
    }
    Iterator<Returning> latest = waiting.values().iterator();
    while (usageBytes > MAX_BYTES) {
      usageBytes -= latest.next().usageBytes();
      latest.remove();
    }
  }

  void connected(Block block) {
    if (waiting.isEmpty()) {
      return;
    }
    for (Transaction transaction : block.transactions()) {
      Returning confirmed = waiting.remove(transaction.txid());
      usageBytes -= confirmed == null ? 0 : confirmed.usageBytes();
    }
  }

  /**
   * A transaction that the new branch has not confirmed.
   *
   * @param wanted it may wait again; coinbases and others cannot
   */
  record Returning(Transaction transaction, boolean wanted) {
    private long usageBytes() {
      return MempoolEntry.usageBytes(transaction);
    }
  }

  /** Takes out what the new branch has not confirmed, the oldest first. */
  List<Returning> drain() {
    List<Returning> returning = new ArrayList<>(waiting.values());
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
