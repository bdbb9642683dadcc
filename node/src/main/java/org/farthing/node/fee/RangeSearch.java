package org.farthing.node.fee;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Finds the lowest range of feerates that was fast enough; it is shown buckets from high to low.
 */
final class RangeSearch {
  private static final BucketRange NOTHING = new BucketRange(0, 0, 0, 0, 0, 0);

  private final double threshold;
  private final double sufficient;

  /** The sum of what was shown since the last range that passed. */
  private BucketRange sum = NOTHING;

  /** The highest bucket of the sum; -1 for none. */
  private int highest = -1;

  private int lowest;

  /** Confirmed transactions since the last judgement. */
  private double fresh;

  private boolean passing = true;
  private BucketRange pass;
  private BucketRange fail;
  private int bestLowest;
  private int bestHighest;

  /**
   * @param sufficient how many confirmed transactions are judged together at least
   */
  RangeSearch(double threshold, double sufficient) {
    this.threshold = threshold;
    this.sufficient = sufficient;
  }

  void add(int bucket, BucketRange seen) {
    if (highest < 0) {
      highest = bucket;
    }
    lowest = bucket;
    sum =
        new BucketRange(
            FeeBuckets.start(lowest),
            FeeBuckets.end(highest),
            sum.withinTarget() + seen.withinTarget(),
            sum.confirmed() + seen.confirmed(),
            sum.waiting() + seen.waiting(),
            sum.left() + seen.left());
    fresh += seen.confirmed();
    if (fresh >= sufficient) {
      fresh = 0;
      judge();
    }
  }

  private void judge() {
    double all = sum.confirmed() + sum.left() + sum.waiting();
    if (sum.withinTarget() / all < threshold) {
      // Ranges below may still pass together with this one.
      fail = passing ? sum : fail;
      passing = false;
      return;
    }
    pass = sum;
    fail = null;
    passing = true;
    bestLowest = lowest;
    bestHighest = highest;
    sum = NOTHING;
    highest = -1;
  }

  /** The rate that stands for some buckets. */
  @FunctionalInterface
  interface Middle {
    OptionalDouble of(int lowest, int highest);
  }

  HorizonEstimate result(Middle middle) {
    if (passing && highest >= 0) {
      // What came last was too little to judge by.
      fail = sum;
    }
    OptionalDouble rate =
        pass == null ? OptionalDouble.empty() : middle.of(bestLowest, bestHighest);
    return new HorizonEstimate(rate, Optional.ofNullable(pass), Optional.ofNullable(fail));
  }
}
