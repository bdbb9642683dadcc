package org.farthing.wallet.selection;

/**
 * A coin, and what spending it costs.
 *
 * @param feeSat now, with what has to be paid for its ancestors
 * @param longTermFeeSat some other day
 */
public record PricedCoin(SpendableCoin coin, long feeSat, long longTermFeeSat) {
  static PricedCoin of(SpendableCoin coin, FeePair rates) {
    long weight = coin.inputWeight();
    return new PricedCoin(
        coin,
        Fees.ofWeight(rates.now(), weight) + coin.bumpFeeSat(),
        Fees.ofWeight(rates.longTerm(), weight));
  }

  /** What is left of it when its input is paid for; may be negative. */
  public long effectiveSat() {
    return coin.valueSat() - feeSat;
  }

  /**
   * What it brings to a payment.
   *
   * @param inFull whether that is its value, since the payees pay the fee
   */
  long amountSat(boolean inFull) {
    return inFull ? coin.valueSat() : effectiveSat();
  }

  /** What it costs more now than some other day. */
  long wasteSat() {
    return feeSat - longTermFeeSat;
  }
}
