package org.farthing.node.mempool;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How much a miner earns with the best chunks of a set that fit into any given weight: straight
 * from chunk to chunk, level after the last.
 */
final class FeerateDiagram {
  private final List<Point> points;

  /** So much weight, best chunks first, earns so much. */
  private record Point(long weight, long feeSat) {}

  private FeerateDiagram(List<Point> points) {
    this.points = List.copyOf(points);
  }

  static FeerateDiagram of(List<Chunk> chunks) {
    List<Chunk> sorted = new ArrayList<>(chunks);
    sorted.sort(Comparator.comparing(Chunk::fees).reversed());
    List<Point> points = new ArrayList<>();
    Point last = new Point(0, 0);
    points.add(last);
    for (Chunk chunk : sorted) {
      last =
          new Point(last.weight() + chunk.fees().weight(), last.feeSat() + chunk.fees().feeSat());
      points.add(last);
    }
    return new FeerateDiagram(points);
  }

  /** Whether it earns more somewhere, and less nowhere. */
  boolean isBetterThan(FeerateDiagram other) {
    boolean better = false;
    for (List<Point> corners : List.of(points, other.points)) {
      for (Point corner : corners) {
        int comparison = at(corner.weight()).compareTo(other.at(corner.weight()));
        if (comparison < 0) {
          return false;
        }
        better |= comparison > 0;
      }
    }
    return better;
  }

  private Fraction at(long weight) {
    for (int i = 1; i < points.size(); i++) {
      Point to = points.get(i);
      if (weight <= to.weight()) {
        Point from = points.get(i - 1);
        long width = to.weight() - from.weight();
        // from + (to - from) * (weight - from.weight) / width, over the common denominator.
        return new Fraction(
            multiply(from.feeSat(), width)
                .add(multiply(to.feeSat() - from.feeSat(), weight - from.weight())),
            BigInteger.valueOf(width));
      }
    }
    return new Fraction(BigInteger.valueOf(points.get(points.size() - 1).feeSat()), BigInteger.ONE);
  }

  private static BigInteger multiply(long one, long other) {
    return BigInteger.valueOf(one).multiply(BigInteger.valueOf(other));
  }

  /** An exact number; the denominator is positive. */
  private record Fraction(BigInteger numerator, BigInteger denominator)
      implements Comparable<Fraction> {
    @Override
    public int compareTo(Fraction other) {
      return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }
  }
}
