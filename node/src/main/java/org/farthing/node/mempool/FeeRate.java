package org.farthing.node.mempool;

import org.farthing.consensus.primitives.Amount;

/**
 * A price for space in blocks.
 *
 * @param satPerKvb satoshis for each 1000 virtual bytes
 */
public record FeeRate(long satPerKvb) implements Comparable<FeeRate> {
  public static final FeeRate ZERO = new FeeRate(0);

  private static final int KVB = 1000;

  /** The rate that a fee pays, rounded down. */
  public static FeeRate of(long feeSat, long virtualSize) {
    if (virtualSize <= 0) {
      return ZERO;
    }
    // Not the fee is multiplied but quotient and rest, so that large fees have their place.
    long quotient = Math.floorDiv(feeSat, virtualSize);
    long rest = Math.floorMod(feeSat, virtualSize);
    return new FeeRate(quotient * KVB + rest * KVB / virtualSize);
  }

  /** Satoshis for so many virtual bytes, rounded up. */
  public long feeFor(long virtualSize) {
    return -Math.floorDiv(-satPerKvb * virtualSize, KVB);
  }

  public FeeRate plus(FeeRate other) {
    return new FeeRate(satPerKvb + other.satPerKvb);
  }

  public FeeRate max(FeeRate other) {
    return compareTo(other) >= 0 ? this : other;
  }

  @Override
  public int compareTo(FeeRate other) {
    return Long.compare(satPerKvb, other.satPerKvb);
  }

  @Override
  public String toString() {
    return Amount.format(satPerKvb) + "/kvB";
  }
}
