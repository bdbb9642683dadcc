package org.farthing.wallet.history;

import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;

/**
 * A transaction that pays to the wallet or from it, with what the wallet knows of it.
 *
 * @param firstSeenSeconds seconds since 1970; the block's time where it was first seen in a block
 * @param order the place in the wallet's history: later ones have higher numbers
 * @param note of the owner; empty if there is none
 */
public record WalletTx(
    Transaction transaction, TxState state, long firstSeenSeconds, long order, String note) {

  public Txid txid() {
    return transaction.txid();
  }

  public boolean isConfirmed() {
    return state instanceof TxState.Confirmed;
  }

  /** The same in another state. */
  public WalletTx withState(TxState replacement) {
    return new WalletTx(transaction, replacement, firstSeenSeconds, order, note);
  }
}
