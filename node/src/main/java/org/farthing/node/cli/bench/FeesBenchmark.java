package org.farthing.node.cli.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.farthing.node.simulation.FeeTrial;

/**
 * What the fee estimators are worth, on simulated markets of varying load: one sample for each
 * market, the same in each run.
 */
final class FeesBenchmark implements Benchmark {
  private static final int BLOCKS = 1_000;
  private static final double PERCENT = 100;

  private final int runs;

  /**
   * @param runs how many markets
   */
  FeesBenchmark(int runs) {
    this.runs = runs;
  }

  @Override
  public String name() {
    return "fees";
  }

  @Override
  public List<Figure> run(Bench bench) {
    Map<FeeTrial.Question, List<FeeTrial.Outcome>> outcomes = new LinkedHashMap<>();
    for (int seed = 1; seed <= runs; seed++) {
      bench.say("fees on a market of " + BLOCKS + " blocks, " + seed + " of " + runs);
      FeeTrial.run(seed, BLOCKS)
          .forEach(
              (question, outcome) ->
                  outcomes.computeIfAbsent(question, key -> new ArrayList<>()).add(outcome));
    }
    List<Figure> figures = new ArrayList<>();
    outcomes.forEach((question, samples) -> figures.addAll(figures(question, samples)));
    return figures;
  }

  private static List<Figure> figures(FeeTrial.Question question, List<FeeTrial.Outcome> outcomes) {
    String name = "%d blocks, %s".formatted(question.target(), question.adviser().label());
    return List.of(
        percent(name + ": answered", outcomes.stream().map(FeeTrial.Outcome::answered).toList()),
        percent("  confirmed in time", outcomes.stream().map(FeeTrial.Outcome::confirmed).toList()),
        percent(
            "  median overpayment", outcomes.stream().map(FeeTrial.Outcome::medianExcess).toList()),
        percent(
            "  overpayment of 9 in 10 below",
            outcomes.stream().map(FeeTrial.Outcome::mostExcess).toList()));
  }

  private static Figure percent(String name, List<Double> parts) {
    return Figure.of(name, "%", parts.stream().map(part -> part * PERCENT).toList());
  }
}
