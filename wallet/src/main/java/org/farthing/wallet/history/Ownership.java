package org.farthing.wallet.history;

import java.util.List;
import java.util.Optional;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.wallet.descriptor.Keychains;
import org.farthing.wallet.descriptor.ScriptOrigin;

/** Tells by its scripts and its coins what is the wallet's. */
final class Ownership {
  private final Keychains keychains;
  private final TxTable transactions;
  private final Coins coins;

  Ownership(Keychains keychains, TxTable transactions, Coins coins) {
    this.keychains = keychains;
    this.transactions = transactions;
    this.coins = coins;
  }

  /** Whether a transaction is known, pays to the wallet, or spends from it. */
  boolean concerns(Transaction transaction) {
    if (transactions.has(transaction.txid())) {
      return true;
    }
    for (TxOut output : transaction.outputs()) {
      if (keychains.find(output.scriptPubKey()).isPresent()) {
        return true;
      }
    }
    for (TxIn input : transaction.inputs()) {
      if (coins.output(input.outPoint()) != null) {
        return true;
      }
    }
    return false;
  }

  /**
   * Notes which scripts were seen in use.
   *
   * @return whether scripts were derived that nobody looked for until now
   */
  boolean markUsed(Transaction transaction) {
    boolean derived = false;
    for (TxOut output : transaction.outputs()) {
      derived |= keychains.markUsed(output.scriptPubKey());
    }
    return derived;
  }

  /** Finds the wallet's outputs; a script may have become known after the transaction. */
  void index(Transaction transaction) {
    List<TxOut> outputs = transaction.outputs();
    for (int i = 0; i < outputs.size(); i++) {
      OutPoint outPoint = transaction.outPoint(i);
      TxOut output = outputs.get(i);
      Optional<ScriptOrigin> origin = keychains.find(output.scriptPubKey());
      if (origin.isPresent()) {
        coins.addOutput(new OwnOutput(outPoint, output, origin.get()));
      }
    }
    if (!transaction.isCoinbase()) {
      coins.addSpends(transaction);
    }
    coins.refresh(transaction);
  }
}
