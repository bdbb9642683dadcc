package org.farthing.node.cli.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.farthing.node.cli.bench.HostilePool.Answer;

/** How long a mempool needs for each message of somebody who wants to keep it busy. */
final class HostileBenchmark implements Benchmark {
  private static final String UNIT = "ms";
  private static final String AIM = "< 1000";
  private static final double PERCENT = 100;

  private final int messages;

  /**
   * @param messages of each kind, about
   */
  HostileBenchmark(int messages) {
    this.messages = messages;
  }

  @Override
  public String name() {
    return "mempool-hostile";
  }

  @Override
  public List<Figure> run(Bench bench) {
    HostileTransactions hostile = new HostileTransactions(messages);
    List<Double> fullness = new ArrayList<>();
    Map<String, Supplier<List<Answer>>> kinds = kinds(hostile, fullness);
    bench.say("sending hostile transactions, to warm up");
    new HostileTransactions(messages).honestPayments();
    new HostileTransactions(messages).denseClusters();
    List<Figure> figures = new ArrayList<>();
    kinds.forEach(
        (kind, run) -> {
          bench.say("sending " + kind);
          List<Double> millis = run.get().stream().map(Answer::millis).toList();
          figures.add(Figure.of(kind, UNIT, millis).aim(AIM));
        });
    figures.add(
        Figure.of(
            "memory in use after each of the evictions",
            "%",
            fullness.stream().map(part -> PERCENT * part).toList()));
    return figures;
  }

  private static Map<String, Supplier<List<Answer>>> kinds(
      HostileTransactions hostile, List<Double> fullness) {
    Map<String, Supplier<List<Answer>>> kinds = new LinkedHashMap<>();
    kinds.put("an honest payment, for comparison", hostile::honestPayments);
    kinds.put("97000 inputs whose hash codes collide", hostile::collidingInputs);
    kinds.put("replacements of one payment", hostile::replacements);
    kinds.put("2400 conflicts, too many", hostile::conflictsWithEverybody);
    kinds.put("conflicts with 6400, for too little", hostile::conflictsWithChainsForTooLittle);
    kinds.put("conflicts with 6400, at a low rate", hostile::conflictsWithChainsAtALowRate);
    kinds.put("a replacement of 6400", hostile::replacesThousands);
    kinds.put("conflicts with 100 dense clusters", hostile::conflictsWithDenseClusters);
    kinds.put("chains of 64, one by one, and the 65th", hostile::longChains);
    kinds.put("dense clusters of 64, one by one", hostile::denseClusters);
    kinds.put("replacements of pinned payments", hostile::pinnedPayments);
    kinds.put("packages that replace each other", hostile::conflictingPackages);
    kinds.put("packages of 25 that pay too little", hostile::largePackages);
    kinds.put("8400 signatures, the last one wrong", hostile::costlyScripts);
    kinds.put("payments to a full mempool", () -> hostile.evictions(fullness));
    return kinds;
  }
}
