package org.farthing.node.mempool;

import org.farthing.consensus.primitives.Transaction;

/**
 * What a set of transactions pays and takes, compared by the exact ratio of the two.
 *
 * @param feeSat satoshis, of any sign
 * @param weight weight units, adjusted for signature operations; positive
 */
public record FeePerWeight(long feeSat, long weight) implements Comparable<FeePerWeight> {

  public FeePerWeight plus(FeePerWeight other) {
    return new FeePerWeight(feeSat + other.feeSat, weight + other.weight);
  }

  /** The rate for each virtual byte, the size rounded up and the rate down. */
  public FeeRate rate() {
    return FeeRate.of(
        feeSat,
        Math.floorDiv(
            weight + Transaction.WITNESS_SCALE_FACTOR - 1, Transaction.WITNESS_SCALE_FACTOR));
  }

  /** Higher ratios are greater; compared without rounding, in 128 bits. */
  @Override
  public int compareTo(FeePerWeight other) {
    int high =
        Long.compare(
            Math.multiplyHigh(feeSat, other.weight), Math.multiplyHigh(other.feeSat, weight));
    return high != 0 ? high : Long.compareUnsigned(feeSat * other.weight, other.feeSat * weight);
  }
}
