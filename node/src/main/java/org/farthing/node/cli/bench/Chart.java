package org.farthing.node.cli.bench;

import java.util.List;
import java.util.stream.Stream;

/**
 * Curves over one quantity, to be drawn.
 *
 * @param title what is varied
 * @param unit of the quantity, for people
 */
record Chart(String title, String unit, List<Curve> curves) {
  /** What was measured of one program. */
  record Curve(String label, List<Dot> dots) {}

  /** Samples at one place, in seconds. */
  record Dot(double x, Figure seconds) {}

  Chart {
    curves = List.copyOf(curves);
  }

  Stream<Dot> dots() {
    return curves.stream().flatMap(curve -> curve.dots().stream());
  }

  double greatestX() {
    return dots().mapToDouble(Dot::x).max().orElseThrow();
  }

  double greatestSeconds() {
    return dots().mapToDouble(dot -> dot.seconds().greatest()).max().orElseThrow();
  }
}
