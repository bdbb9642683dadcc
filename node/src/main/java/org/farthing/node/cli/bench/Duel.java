package org.farthing.node.cli.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Times of our node and, if there is one, of a bitcoind that takes turns with it: all samples, and
 * for each run the ratio of the medians.
 */
final class Duel {
  static final String OURS = "farthing";
  static final String THEIRS = "bitcoind";

  private final String aim;
  private final Measurements all = new Measurements();
  private final Map<String, List<Double>> ratios = new LinkedHashMap<>();

  /** What this run has found: by what was measured, then by whose it is. */
  private final Map<String, Map<String, List<Double>>> run = new LinkedHashMap<>();

  /** No slower than a bitcoind is the aim. */
  Duel() {
    this("1.0");
  }

  /**
   * @param mostRatio is the aim
   */
  Duel(String mostRatio) {
    this.aim = "<= " + mostRatio;
  }

  /**
   * @param whose {@link #OURS} or {@link #THEIRS}
   * @param what was measured, the same for both
   * @param unit of time
   */
  void add(String whose, String what, String unit, double time) {
    all.add(whose + ": " + what, unit, time);
    run.computeIfAbsent(what, each -> new LinkedHashMap<>())
        .computeIfAbsent(whose, each -> new ArrayList<>())
        .add(time);
  }

  /** What else is measured, of which nobody wants a ratio. */
  Measurements others() {
    return all;
  }

  /** Both have had their turn. */
  void endRun() {
    run.forEach(
        (what, samples) -> {
          if (samples.containsKey(OURS) && samples.containsKey(THEIRS)) {
            double ratio = median(samples.get(OURS)) / median(samples.get(THEIRS));
            ratios.computeIfAbsent(what, each -> new ArrayList<>()).add(ratio);
          }
        });
    run.clear();
  }

  private static double median(List<Double> samples) {
    return Figure.of("", "", samples).median();
  }

  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>(all.figures());
    ratios.forEach(
        (what, samples) ->
            figures.add(Figure.of(what + ", Farthing / bitcoind", "", samples).aim(aim)));
    return figures;
  }
}
