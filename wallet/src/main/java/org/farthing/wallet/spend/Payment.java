package org.farthing.wallet.spend;

import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.wallet.address.Address;

/**
 * One payee of a transaction.
 *
 * @param script where the coins go; for data that nobody can spend, no coins
 * @param amountSat satoshis
 * @param paysFee whether the fee is taken from this amount (shared with the others that pay it)
 */
public record Payment(Script script, long amountSat, boolean paysFee) {
  /** A payment on top of which the sender pays the fee. */
  public static Payment of(Address to, long amountSat) {
    return new Payment(to.toScript(), amountSat, false);
  }

  /** A payment from which the fee is taken. */
  public static Payment lessFee(Address to, long amountSat) {
    return new Payment(to.toScript(), amountSat, true);
  }

  /** What the payee gets where the sender pays the fee. */
  public TxOut output() {
    return new TxOut(amountSat, script);
  }
}
