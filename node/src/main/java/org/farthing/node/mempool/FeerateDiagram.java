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
    int mine = 0;
    int theirs = 0;
    // From corner to corner of both: there are thousands if many clusters change.
    while (mine < points.size() || theirs < other.points.size()) {
      long weight = Math.min(weightAt(mine), other.weightAt(theirs));
      int comparison = at(weight, mine).compareTo(other.at(weight, theirs));
      if (comparison < 0) {
        return false;
      }
      better |= comparison > 0;
      mine += weightAt(mine) == weight ? 1 : 0;
      theirs += other.weightAt(theirs) == weight ? 1 : 0;
    }
    return better;
  }

  private long weightAt(int corner) {
    return corner < points.size() ? points.get(corner).weight() : Long.MAX_VALUE;
  }

  /**
   * @param next the first corner that is not before this weight
   */
  private Fraction at(long weight, int next) {
    if (next == points.size() || points.get(next).weight() == weight) {
      Point corner = points.get(Math.min(next, points.size() - 1));
      return new Fraction(BigInteger.valueOf(corner.feeSat()), BigInteger.ONE);
    }
    Point from = points.get(next - 1);
    Point to = points.get(next);
    long width = to.weight() - from.weight();
    // from + (to - from) * (weight - from.weight) / width, over the common denominator.
    return new Fraction(
        multiply(from.feeSat(), width)
            .add(multiply(to.feeSat() - from.feeSat(), weight - from.weight())),
        BigInteger.valueOf(width));
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
