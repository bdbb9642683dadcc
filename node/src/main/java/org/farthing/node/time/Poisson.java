package org.farthing.node.time;

import java.util.random.RandomGenerator;

/** Times between events that nobody can foresee, so that nobody can tell nodes by them. */
public final class Poisson {
  private Poisson() {}

  /** After so long something happens that happens once in {@code meanMillis}. */
  public static long delayMillis(RandomGenerator random, long meanMillis) {
    return Math.round(exponential(random) * meanMillis);
  }

  /** Exponentially distributed with mean 1. */
  public static double exponential(RandomGenerator random) {
    return -StrictMath.log1p(-random.nextDouble());
  }
}
