package org.farthing.node.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Where nodes stand, and how long messages travel between these places.
 *
 * @param connectionSigma how much connections between the same regions differ: the standard
 *     deviation of the logarithm of their latency
 * @param messageSigma how much messages of one connection differ
 */
public record Geography(List<Region> regions, double connectionSigma, double messageSigma) {
  private static final double BYTES_PER_SECOND_IN_MBIT = 125_000;

  /**
   * @param share of the nodes
   * @param upMbit how fast a node sends, in Mbit/s; 0: no limit
   * @param latencyMillis the median way to each region, in their order
   */
  public record Region(
      String name, double share, double upMbit, double downMbit, List<Double> latencyMillis) {
    public Region {
      latencyMillis = List.copyOf(latencyMillis);
    }
  }

  /**
   * Six regions with the shares of Bitcoin's nodes, latencies and bandwidths that SimBlock (Tokyo
   * Institute of Technology) assumes for 2019.
   */
  public static final Geography WORLD =
      new Geography(
          List.of(
              region("north-america", 0.3316, 19.2, 52, 32, 124, 184, 198, 151, 189),
              region("europe", 0.4998, 20.7, 40, 124, 11, 227, 237, 252, 294),
              region("south-america", 0.0090, 5.8, 18, 184, 227, 88, 325, 301, 322),
              region("asia-pacific", 0.1177, 15.7, 22.8, 198, 237, 325, 85, 58, 198),
              region("japan", 0.0224, 10.2, 22.8, 151, 252, 301, 58, 12, 126),
              region("australia", 0.0195, 11.3, 29.9, 189, 294, 322, 198, 126, 16)),
          0.3,
          0.1);

  /**
   * @throws IllegalArgumentException with what does not fit, for people
   */
  public Geography {
    regions = List.copyOf(regions);
    if (regions.isEmpty()) {
      throw new IllegalArgumentException("there is no region");
    }
    for (Region region : regions) {
      if (region.latencyMillis().size() != regions.size()) {
        throw new IllegalArgumentException(
            region.name() + " wants one latency for each of " + regions.size() + " regions");
      }
    }
  }

  private static Region region(
      String name, double share, double upMbit, double downMbit, double... latencyMillis) {
    return new Region(name, share, upMbit, downMbit, Arrays.stream(latencyMillis).boxed().toList());
  }

  /** Some place, more probably in a large region. */
  Place anyPlace(RandomGenerator random) {
    double all = regions.stream().mapToDouble(Region::share).sum();
    double left = random.nextDouble() * all;
    int index = 0;
    while (index < regions.size() - 1 && left >= regions.get(index).share()) {
      left -= regions.get(index).share();
      index++;
    }
    Region region = regions.get(index);
    return new Place(index, bytesPerSecond(region.upMbit()), bytesPerSecond(region.downMbit()));
  }

  private static long bytesPerSecond(double mbit) {
    return Math.round(mbit * BYTES_PER_SECOND_IN_MBIT);
  }

  Latency latency() {
    double[][] medians =
        regions.stream()
            .map(region -> region.latencyMillis().stream().mapToDouble(each -> each).toArray())
            .toArray(double[][]::new);
    return Latency.logNormal(medians, connectionSigma, messageSigma);
  }
}
