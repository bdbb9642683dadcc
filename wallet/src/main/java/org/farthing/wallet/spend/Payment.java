package org.farthing.wallet.spend;

import org.farthing.wallet.address.Address;

/**
 * One payee of a transaction.
 *
 * @param amountSat satoshis
 * @param paysFee whether the fee is taken from this amount (shared with the others that pay it)
 */
public record Payment(Address to, long amountSat, boolean paysFee) {
  /** A payment on top of which the sender pays the fee. */
  public static Payment of(Address to, long amountSat) {
    return new Payment(to, amountSat, false);
  }
}
