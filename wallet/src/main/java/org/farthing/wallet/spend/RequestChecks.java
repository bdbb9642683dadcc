package org.farthing.wallet.spend;

import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.selection.Fees;

/** What of a request can be checked before coins are chosen. */
final class RequestChecks {
  /** Nobody pays so many satoshis for a thousand virtual bytes; fees below it don't overflow. */
  private static final long ABSURD_RATE_SAT_PER_KVB = 100 * Amount.COIN;

  /** Nodes relay no transaction with fewer bytes beside its witnesses. */
  private static final int MIN_SIZE = 65;

  private final BuildRules rules;

  RequestChecks(BuildRules rules) {
    this.rules = rules;
  }

  void check(SendRequest request) throws WalletException {
    if (request.payments().isEmpty()) {
      throw new WalletException(
          WalletError.INVALID_REQUEST, "Transaction must have at least one recipient");
    }
    if (request.feeRateSatPerKvb() < 0) {
      throw invalidAmount("the fee rate must not be negative");
    }
    if (request.feeRateSatPerKvb() > ABSURD_RATE_SAT_PER_KVB) {
      throw feeTooHigh(request.feeRateSatPerKvb() / 10, rules.maxFeeSat());
    }
    int maxWeight = request.control().form().maxWeight().orElse(Fees.MAX_WEIGHT);
    if (maxWeight < 4 * MIN_SIZE || maxWeight > Fees.MAX_WEIGHT) {
      throw new WalletException(
          WalletError.INVALID_REQUEST,
          "Maximum transaction weight must be between %d and %d"
              .formatted(4 * MIN_SIZE, Fees.MAX_WEIGHT));
    }
    long sum = 0;
    for (Payment payment : request.payments()) {
      checkAmount(payment);
      sum += payment.amountSat();
    }
    if (!Amount.isInRange(sum)) {
      throw invalidAmount("the payments are more than all the money there can be");
    }
  }

  private void checkAmount(Payment payment) throws WalletException {
    long sat = payment.amountSat();
    if (sat == 0 && ScriptPattern.isUnspendable(payment.script())) {
      return;
    }
    if (sat < 0) {
      throw invalidAmount("Transaction amounts must not be negative");
    }
    if (!Amount.isInRange(sat)) {
      throw invalidAmount(
          "the amount " + Amount.format(sat) + " is more than all the money there can be");
    }
    long dust = Fees.dustLimitSat(payment.script(), rules.rates().dust());
    if (sat < dust) {
      throw invalidAmount(
          "Transaction amount too small: %s would not be relayed, send at least %s"
              .formatted(Amount.format(sat), Amount.format(dust)));
    }
  }

  static WalletException feeTooHigh(long feeSat, long maximumSat) {
    return new WalletException(
        WalletError.FEE_TOO_HIGH,
        ("Fee exceeds maximum configured by user (e.g. -maxtxfee, maxfeerate): it would be %s, the"
                + " maximum is %s")
            .formatted(Amount.format(feeSat), Amount.format(maximumSat)));
  }

  private static WalletException invalidAmount(String message) {
    return new WalletException(WalletError.INVALID_AMOUNT, message);
  }
}
