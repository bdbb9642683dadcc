package org.farthing.node.mempool;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;

/**
 * The transactions of blocks that a reorganisation took back, until it is over: those that the new
 * branch doesn't confirm want to wait again.
 */
final class ReturningTransactions {
  private final Deque<List<Transaction>> blocks = new ArrayDeque<>();
  private final Set<Txid> confirmed = new HashSet<>();

  boolean isEmpty() {
    return blocks.isEmpty();
  }

  /** Blocks are disconnected from the tip down. */
  void disconnected(Block block) {
    blocks.addFirst(block.transactions());
    block.transactions().forEach(transaction -> confirmed.remove(transaction.txid()));
  }

  void connected(Block block) {
    if (!blocks.isEmpty()) {
      block.transactions().forEach(transaction -> confirmed.add(transaction.txid()));
    }
  }

  /** Takes out what the new branch has not confirmed, coinbases included, the oldest first. */
  List<Transaction> drain() {
    List<Transaction> returning =
        blocks.stream()
            .flatMap(List::stream)
            .filter(transaction -> !confirmed.contains(transaction.txid()))
            .toList();
    clear();
    return returning;
  }

  /** Nothing wants to wait again. */
  void clear() {
    blocks.clear();
    confirmed.clear();
  }
}
