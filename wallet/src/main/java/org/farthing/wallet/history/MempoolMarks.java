package org.farthing.wallet.history;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.Txid;

/**
 * What the wallet knows of the mempool: which of its transactions are there, and which others there
 * stand in the way of its own.
 */
final class MempoolMarks {
  private static final int TRUC_VERSION = 3;

  private final TxTable transactions;
  private final Coins coins;
  private final Descent descent;
  private final Set<Txid> present = new HashSet<>();
  private final Rivals rivals = new Rivals();

  MempoolMarks(TxTable transactions, Coins coins, Descent descent) {
    this.transactions = transactions;
    this.coins = coins;
    this.descent = descent;
  }

  boolean has(Txid txid) {
    return present.contains(txid);
  }

  Set<Txid> rivalsOf(Txid txid) {
    return rivals.of(txid);
  }

  boolean hasRivals(Txid txid) {
    return rivals.has(txid);
  }

  void add(Txid txid) {
    present.add(txid);
  }

  /** The transaction is there no more; whoever calls this looks at its coins. */
  boolean remove(Txid txid) {
    return present.remove(txid);
  }

  /** Others of the wallet that spend the same as a transaction of the mempool have to wait. */
  void standInTheWay(Transaction rival) {
    for (TxIn input : rival.inputs()) {
      for (Txid loser : List.copyOf(coins.spenders(input.outPoint()))) {
        if (!loser.equals(rival.txid())) {
          mark(loser, rival.txid());
        }
      }
    }
    siblings(rival).forEach(loser -> mark(loser, rival.txid()));
  }

  /**
   * Of a transaction of version 3, the other children of its waiting parents: mempools have one
   * child of each parent only (BIP-0431).
   */
  private Set<Txid> siblings(Transaction child) {
    Set<Txid> siblings = new LinkedHashSet<>();
    if (child.version() != TRUC_VERSION) {
      return siblings;
    }
    for (TxIn input : child.inputs()) {
      Optional<Transaction> parent =
          transactions
              .find(input.outPoint().txid())
              .filter(found -> found.state() instanceof TxState.Pending)
              .map(WalletTx::transaction);
      for (int i = 0; i < parent.map(found -> found.outputs().size()).orElse(0); i++) {
        siblings.addAll(coins.spenders(parent.get().outPoint(i)));
      }
    }
    siblings.remove(child.txid());
    return siblings;
  }

  private void mark(Txid first, Txid rival) {
    descent.walk(
        first,
        loser -> {
          boolean news = !loser.isConfirmed() && rivals.add(loser.txid(), rival);
          if (news) {
            coins.refresh(loser.transaction());
          }
          return news;
        });
  }

  /** A transaction that may have stood in the way has gone, or is in a block. */
  void giveWay(Txid rival) {
    for (Txid loser : rivals.remove(rival)) {
      transactions.find(loser).ifPresent(known -> coins.refresh(known.transaction()));
    }
  }

  /** One that comes after its rivals, or stands on others that have some, has them too. */
  void inheritRivals(Transaction transaction) {
    Txid txid = transaction.txid();
    siblings(transaction).stream().filter(present::contains).forEach(rival -> mark(txid, rival));
    for (TxIn input : transaction.inputs()) {
      for (Txid rival : List.copyOf(coins.spenders(input.outPoint()))) {
        if (!rival.equals(txid) && present.contains(rival)) {
          mark(txid, rival);
        }
      }
      for (Txid rival : Set.copyOf(rivals.of(input.outPoint().txid()))) {
        mark(txid, rival);
      }
    }
  }

  /** A transaction that is none of the wallet's any more. */
  void forget(Txid txid) {
    present.remove(txid);
    rivals.forget(txid);
  }
}
