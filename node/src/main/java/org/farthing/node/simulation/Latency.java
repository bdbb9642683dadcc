package org.farthing.node.simulation;

import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** How long messages travel from one machine to another, their way through the lines aside. */
public interface Latency {
  /**
   * One direction of one connection.
   *
   * @param from the region of the sender
   * @param to the region of the receiver
   * @param random of this direction alone
   * @return the milliseconds of one message after the other
   */
  LongSupplier between(int from, int to, RandomGenerator random);

  /** Any number of milliseconds from least to most, wherever the machines stand. */
  static Latency uniform(int leastMillis, int mostMillis) {
    return (from, to, random) -> () -> random.nextLong(leastMillis, mostMillis + 1L);
  }

  /**
   * Log-normal around medians.
   *
   * @param medianMillis by the regions of sender and receiver
   * @param connectionSigma how much connections between the same regions differ: the standard
   *     deviation of the logarithm
   * @param messageSigma how much messages of one connection differ
   */
  static Latency logNormal(double[][] medianMillis, double connectionSigma, double messageSigma) {
    return (from, to, random) -> {
      double median = medianMillis[from][to] * StrictMath.exp(connectionSigma * gaussian(random));
      return () ->
          Math.max(1, Math.round(median * StrictMath.exp(messageSigma * gaussian(random))));
    };
  }

  /** Normally distributed with mean 0 and deviation 1; the same in each Java, unlike its own. */
  private static double gaussian(RandomGenerator random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
  }
}
