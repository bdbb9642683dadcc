package org.farthing.node.sync;

import java.util.Arrays;
import java.util.Random;

/**
 * Rounds the fee rate that peers are told to one of some hundred steps, each a tenth above the one
 * before, mostly down and sometimes up, so that it does not tell nodes apart by what their mempools
 * hold; as Bitcoin Core's {@code FeeFilterRounder}.
 */
final class FeeRounder {
  private static final double FIRST = 50;
  private static final double LAST = 1e7;
  private static final double SPACING = 1.1;

  /** Once in so many times it is rounded up. */
  private static final int UP_EVERY = 3;

  private static final double[] STEPS = steps();

  /** The highest step, in satoshis for 1000 vbytes: who is told this sends no transactions. */
  static final long HIGHEST = (long) STEPS[STEPS.length - 1];

  private final Random random;

  FeeRounder(Random random) {
    this.random = random;
  }

  private static double[] steps() {
    double[] steps = new double[256];
    int count = 1;
    for (double step = FIRST; step <= LAST; step *= SPACING) {
      steps[count++] = step;
    }
    return Arrays.copyOf(steps, count);
  }

  /** Satoshis for 1000 vbytes, rounded. */
  long round(long satPerKvb) {
    int found = Arrays.binarySearch(STEPS, (double) satPerKvb);
    int index = found >= 0 ? found : -found - 1;
    if (index == STEPS.length || (index > 0 && random.nextInt(UP_EVERY) != 0)) {
      index--;
    }
    return (long) STEPS[index];
  }
}
