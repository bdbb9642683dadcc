package org.farthing.wallet.history;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.farthing.consensus.primitives.Txid;

/** Walks from a transaction of the wallet to those that spend from it, and on to their children. */
final class Descent {
  private final TxTable transactions;
  private final Coins coins;

  Descent(TxTable transactions, Coins coins) {
    this.transactions = transactions;
    this.coins = coins;
  }

  /**
   * Each transaction is visited once, parents mostly before their children.
   *
   * @param visit whether to go on to the children
   */
  void walk(Txid first, Predicate<WalletTx> visit) {
    Deque<Txid> queue = new ArrayDeque<>(List.of(first));
    Set<Txid> seen = new HashSet<>(queue);
    while (!queue.isEmpty()) {
      WalletTx transaction = transactions.get(queue.remove());
      if (!visit.test(transaction)) {
        continue;
      }
      for (int i = 0; i < transaction.transaction().outputs().size(); i++) {
        for (Txid child : coins.spenders(transaction.transaction().outPoint(i))) {
          if (seen.add(child)) {
            queue.add(child);
          }
        }
      }
    }
  }
}
