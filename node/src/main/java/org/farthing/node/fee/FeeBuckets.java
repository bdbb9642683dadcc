package org.farthing.node.fee;

import java.util.Arrays;

/** Feerates that are not told apart: each bucket ends 5 % above the one below it. */
final class FeeBuckets {
  private static final double LEAST = 100;
  private static final double MOST = 1e7;
  private static final double SPACING = 1.05;

  /** Above all that anybody pays. */
  private static final double INFINITE = 1e99;

  private static final double[] ENDS = ends();

  static final int COUNT = ENDS.length;

  private FeeBuckets() {}

  private static double[] ends() {
    double[] ends = new double[1000];
    int count = 0;
    for (double end = LEAST; end <= MOST; end *= SPACING) {
      ends[count++] = end;
    }
    ends[count++] = INFINITE;
    return Arrays.copyOf(ends, count);
  }

  /** The bucket of a rate in satoshis for each 1000 virtual bytes. */
  static int of(double rate) {
    int found = Arrays.binarySearch(ENDS, rate);
    return found >= 0 ? found : -found - 1;
  }

  /** The highest rate that is in it. */
  static double end(int bucket) {
    return ENDS[bucket];
  }

  /** The rates in it are higher than this one. */
  static double start(int bucket) {
    return bucket == 0 ? 0 : ENDS[bucket - 1];
  }
}
