package org.farthing.wallet.spend;

import java.util.List;
import org.farthing.consensus.primitives.Amount;
import org.farthing.wallet.address.Address;

/**
 * What the owner wants to be paid, and for what fee.
 *
 * @param feeRateSatPerKvb satoshis for each thousand virtual bytes
 * @param maxFeeSat a transaction whose fee is higher is refused
 * @param replaceable whether the transaction says that it may be replaced (BIP-0125)
 * @param note kept with the transaction in the wallet; may be empty
 * @param control which coins are spent, and where the rest goes
 */
public record SendRequest(
    List<Payment> payments,
    long feeRateSatPerKvb,
    long maxFeeSat,
    boolean replaceable,
    String note,
    CoinControl control) {
  /** No transaction should cost more than a tenth of a coin, unless somebody insists. */
  public static final long DEFAULT_MAX_FEE_SAT = Amount.COIN / 10;

  public SendRequest {
    payments = List.copyOf(payments);
  }

  /** One payment, replaceable, with the usual limit for the fee. */
  public static SendRequest of(Address to, long amountSat, long feeRateSatPerKvb) {
    return of(List.of(Payment.of(to, amountSat)), feeRateSatPerKvb);
  }

  /** Several payments, replaceable, with the usual limit for the fee. */
  public static SendRequest of(List<Payment> payments, long feeRateSatPerKvb) {
    return new SendRequest(
        payments, feeRateSatPerKvb, DEFAULT_MAX_FEE_SAT, true, "", CoinControl.NONE);
  }

  public SendRequest withMaxFee(long limitSat) {
    return new SendRequest(payments, feeRateSatPerKvb, limitSat, replaceable, note, control);
  }

  public SendRequest withNote(String text) {
    return new SendRequest(payments, feeRateSatPerKvb, maxFeeSat, replaceable, text, control);
  }

  public SendRequest withReplaceable(boolean signal) {
    return new SendRequest(payments, feeRateSatPerKvb, maxFeeSat, signal, note, control);
  }

  public SendRequest with(CoinControl choice) {
    return new SendRequest(payments, feeRateSatPerKvb, maxFeeSat, replaceable, note, choice);
  }
}
