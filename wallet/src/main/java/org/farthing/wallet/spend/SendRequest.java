package org.farthing.wallet.spend;

import java.util.List;
import org.farthing.wallet.address.Address;

/**
 * What the owner wants to be paid, and for what fee.
 *
 * @param feeRateSatPerKvb satoshis for each thousand virtual bytes
 * @param replaceable whether the transaction says that it may be replaced (BIP-0125)
 * @param note kept with the transaction in the wallet; may be empty
 * @param control which coins are spent, and where the rest goes
 */
public record SendRequest(
    List<Payment> payments,
    long feeRateSatPerKvb,
    boolean replaceable,
    String note,
    CoinControl control) {
  public SendRequest {
    payments = List.copyOf(payments);
  }

  /** One payment, replaceable. */
  public static SendRequest of(Address to, long amountSat, long feeRateSatPerKvb) {
    return of(List.of(Payment.of(to, amountSat)), feeRateSatPerKvb);
  }

  /** Several payments, replaceable. */
  public static SendRequest of(List<Payment> payments, long feeRateSatPerKvb) {
    return new SendRequest(payments, feeRateSatPerKvb, true, "", CoinControl.NONE);
  }

  public SendRequest withNote(String text) {
    return new SendRequest(payments, feeRateSatPerKvb, replaceable, text, control);
  }

  public SendRequest withReplaceable(boolean signal) {
    return new SendRequest(payments, feeRateSatPerKvb, signal, note, control);
  }

  public SendRequest with(CoinControl choice) {
    return new SendRequest(payments, feeRateSatPerKvb, replaceable, note, choice);
  }
}
