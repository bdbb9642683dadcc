package org.farthing.wallet.spend;

import java.util.OptionalLong;

/**
 * What binds any transaction. Rates are satoshis for each thousand virtual bytes.
 *
 * @param lockTime before which it can be in no block
 * @param maxFeeSat a transaction whose fee is higher is refused
 * @param extraForGroupsSat so much more may be paid for spending coins of one address together;
 *     empty if that is not to be tried
 * @param rates by which it is told what is worth having
 */
public record BuildRules(
    int lockTime, long maxFeeSat, OptionalLong extraForGroupsSat, Rates rates) {
  /**
   * Rates by which it is told what is worth having.
   *
   * @param discard change that costs more to spend at this rate than it is worth is not made
   * @param longTerm at which coins that are left over will be spent some day
   * @param dust nodes relay no output that costs more to spend at this rate than it is worth
   */
  public record Rates(long discard, long longTerm, long dust) {}
}
