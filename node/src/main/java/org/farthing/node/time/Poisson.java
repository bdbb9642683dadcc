package org.farthing.node.time;

import java.util.Random;

/** Times between events that nobody can foresee, so that nobody can tell nodes by them. */
public final class Poisson {
  private Poisson() {}

  /** After so long something happens that happens once in {@code meanMillis}. */
  public static long delayMillis(Random random, long meanMillis) {
    return Math.round(-StrictMath.log1p(-random.nextDouble()) * meanMillis);
  }
}
