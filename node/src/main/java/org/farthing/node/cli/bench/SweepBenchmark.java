package org.farthing.node.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.farthing.node.cli.bench.chain.ChainFile;
import org.farthing.node.cli.bench.chain.ChainMaker;
import org.farthing.node.cli.bench.chain.ChainPeer;
import org.farthing.node.cli.bench.chain.ChainRecipe;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;

/**
 * How the time of an initial download grows with the number of blocks, signatures and coins, and
 * what more cores and a larger cache are worth: one quantity is varied at a time.
 */
final class SweepBenchmark implements Benchmark {
  /** Signatures of a payment of the usual mix: two inputs, a tenth of them with two signatures. */
  private static final double SIGNATURES_OF_PAYMENT = 2.2;

  private static final int ALL_CORES = 0;

  /** A million coins nearly fit; more do not. */
  private static final int CACHE_FOR_COINS_MIB = 100;

  private static final String SECONDS = "s";

  private final int runs;
  private final Optional<Path> other;
  private final Optional<Path> plot;
  private final List<Axis> axes;

  /**
   * What is varied.
   *
   * @param unit for people
   */
  record Axis(String name, String unit, List<Point> points) {}

  /**
   * A value of what is varied.
   *
   * @param cores that each node may use; 0 for all
   */
  record Point(double x, ChainRecipe recipe, int cacheMib, int cores) {}

  /**
   * @param cacheMib what nodes may use for coins, where that is not varied
   * @param plot where the curves are drawn
   */
  SweepBenchmark(int runs, int cacheMib, Optional<Path> other, Optional<Path> plot) {
    this(runs, axes(cacheMib, Runtime.getRuntime().availableProcessors()), other, plot);
  }

  SweepBenchmark(int runs, List<Axis> axes, Optional<Path> other, Optional<Path> plot) {
    this.runs = runs;
    this.axes = axes;
    this.other = other;
    this.plot = plot;
  }

  private static List<Axis> axes(int cacheMib, int cores) {
    ChainRecipe empty = ChainRecipe.named("empty");
    ChainRecipe signatures = ChainRecipe.named("signatures");
    ChainRecipe coins = ChainRecipe.named(ChainRecipe.COINS);
    ChainRecipe old = ChainRecipe.named("old-coins");
    ChainRecipe someOld = old.with(500_000, 20, 1_000);
    ChainRecipe some = signatures.with(signatures.coins(), 20, signatures.payments());
    return List.of(
        new Axis(
            "blocks",
            "empty blocks",
            IntStream.of(5_000, 10_000, 20_000, 40_000)
                .mapToObj(count -> new Point(count, empty.with(0, count, 0), cacheMib, ALL_CORES))
                .toList()),
        new Axis(
            "signatures",
            "signatures, in blocks of 4,400",
            IntStream.of(10, 20, 40, 60, 120, 240)
                .mapToObj(
                    blocks ->
                        new Point(
                            blocks * signatures.payments() * SIGNATURES_OF_PAYMENT,
                            signatures.with(signatures.coins(), blocks, signatures.payments()),
                            cacheMib,
                            ALL_CORES))
                .toList()),
        new Axis(
            "coins",
            "coins that nobody spends, with 100 MiB of cache",
            IntStream.of(1_000_000, 2_500_000, 5_000_000, 10_000_000)
                .mapToObj(
                    count ->
                        new Point(
                            count,
                            coins.with(count, coins.blocks(), coins.payments()),
                            CACHE_FOR_COINS_MIB,
                            ALL_CORES))
                .toList()),
        new Axis(
            "ledger",
            "coins of which 40,000 are spent, with 100 MiB of cache",
            IntStream.of(1_000_000, 10_000_000)
                .mapToObj(
                    count ->
                        new Point(
                            count, old.with(count, 20, 1_000), CACHE_FOR_COINS_MIB, ALL_CORES))
                .toList()),
        new Axis(
            "cores",
            "cores, for 88,000 signatures",
            IntStream.rangeClosed(1, cores)
                .mapToObj(count -> new Point(count, some, cacheMib, count))
                .toList()),
        new Axis(
            "cache",
            "MiB of cache, for 40,000 of 500,000 old coins",
            IntStream.of(4, 64, 450)
                .mapToObj(mib -> new Point(mib, someOld, mib, ALL_CORES))
                .toList()));
  }

  @Override
  public String name() {
    return "sweep";
  }

  /** It takes the better part of an hour. */
  @Override
  public boolean isAskedForByName() {
    return true;
  }

  @Override
  public List<Figure> run(Bench bench)
      throws CliException, RefusedException, IOException, InterruptedException {
    List<Figure> figures = new ArrayList<>();
    List<Chart> charts = new ArrayList<>();
    for (Axis axis : axes) {
      charts.add(sweep(bench, axis, figures));
    }
    if (plot.isPresent()) {
      Files.writeString(plot.get(), SvgCharts.draw(charts));
    }
    return figures;
  }

  private Chart sweep(Bench bench, Axis axis, List<Figure> figures)
      throws CliException, RefusedException, IOException, InterruptedException {
    Map<String, List<Chart.Dot>> curves = new LinkedHashMap<>();
    for (Point point : axis.points()) {
      String place = String.format(Locale.ROOT, "%s %,.0f: ", axis.name(), point.x());
      Measurements measurements = measure(bench, point, place);
      figures.addAll(measurements.figures());
      for (Figure figure : measurements.figures()) {
        if (figure.unit().equals(SECONDS)) {
          curves
              .computeIfAbsent(figure.name().substring(place.length()), label -> new ArrayList<>())
              .add(new Chart.Dot(point.x(), figure));
        }
      }
    }
    List<Chart.Curve> drawn = new ArrayList<>();
    curves.forEach((label, dots) -> drawn.add(new Chart.Curve(label, dots)));
    return new Chart("time by " + axis.name(), axis.unit(), drawn);
  }

  private Measurements measure(Bench bench, Point point, String place)
      throws CliException, RefusedException, IOException, InterruptedException {
    Measurements measurements = new Measurements();
    try (ChainFile chain = ChainMaker.make(point.recipe(), bench.newFolder(), bench::say);
        ChainPeer peer = ChainPeer.serve(chain)) {
      DownloadRun turn = new DownloadRun(bench, chain, peer, point.recipe().blocks());
      bench.useCores(point.cores());
      for (int run = 1; run <= runs; run++) {
        bench.say(place + run + " of " + runs);
        add(measurements, place, turn, Subject.ours(bench, point.cacheMib()));
        if (other.isPresent()) {
          Subject theirs = Subject.other(bench, other.get(), point.cacheMib());
          add(measurements, place, turn, theirs);
        }
      }
    } finally {
      bench.useCores(ALL_CORES);
    }
    return measurements;
  }

  private static void add(
      Measurements measurements, String place, DownloadRun turn, Subject subject)
      throws CliException, RefusedException, IOException, InterruptedException {
    DownloadRun.Stretch stretch = turn.download(subject);
    String name = place + subject.label();
    measurements.add(name, SECONDS, stretch.seconds());
    measurements.add(name + ", each of the last blocks", "ms", stretch.lastBlockMillis());
    measurements.add(name + ", cores busy", "", stretch.coresBusy());
    measurements.addThreads(name, stretch.used());
  }
}
