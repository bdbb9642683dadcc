package org.farthing.node.mining.model;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What the best chunks earn that fit into a weight. Equal diagrams have equal corners. */
record ModelDiagram(List<Corner> corners) {
  record Corner(long weight, long feeSat) {}

  static ModelDiagram of(List<ModelChunk> chunks) {
    List<Corner> corners = new ArrayList<>(List.of(new Corner(0, 0)));
    ModelChunk before = null;
    for (ModelChunk chunk : chunks.stream().sorted(ModelChunk.BEST_FIRST).toList()) {
      Corner last = corners.get(corners.size() - 1);
      if (before != null && before.compareRate(chunk) == 0) {
        corners.remove(corners.size() - 1);
      }
      corners.add(new Corner(last.weight() + chunk.weight(), last.feeSat() + chunk.feeSat()));
      before = chunk;
    }
    return new ModelDiagram(corners);
  }

  /** More somewhere, less nowhere. */
  boolean isBetterThan(ModelDiagram other) {
    List<Integer> signs =
        Stream.of(this, other)
            .flatMapToLong(diagram -> diagram.corners.stream().mapToLong(Corner::weight))
            .mapToObj(weight -> compareAt(weight, other))
            .toList();
    return signs.stream().noneMatch(sign -> sign < 0) && signs.stream().anyMatch(sign -> sign > 0);
  }

  private int compareAt(long weight, ModelDiagram other) {
    BigInteger[] mine = at(weight);
    BigInteger[] theirs = other.at(weight);
    return mine[0].multiply(theirs[1]).compareTo(theirs[0].multiply(mine[1]));
  }

  /** Numerator and denominator. */
  private BigInteger[] at(long weight) {
    for (int i = 1; i < corners.size(); i++) {
      Corner from = corners.get(i - 1);
      Corner to = corners.get(i);
      if (weight <= to.weight()) {
        long width = to.weight() - from.weight();
        long rise = to.feeSat() - from.feeSat();
        return numbers(from.feeSat() * width + rise * (weight - from.weight()), width);
      }
    }
    return numbers(corners.get(corners.size() - 1).feeSat(), 1);
  }

  private static BigInteger[] numbers(long... values) {
    return LongStream.of(values).mapToObj(BigInteger::valueOf).toArray(BigInteger[]::new);
  }
}
