package org.farthing.node.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.node.cli.bench.chain.ChainFile;
import org.farthing.node.cli.bench.chain.ChainMaker;
import org.farthing.node.cli.bench.chain.ChainPeer;
import org.farthing.node.cli.bench.chain.ChainRecipe;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;

/**
 * How long a new node takes to fetch a made chain from its only peer, over loopback, and then to
 * build its ledger anew from the blocks that it has stored. Every signature is checked.
 */
final class DownloadBenchmark implements Benchmark {
  private static final double MIB = 1 << 20;

  private final int runs;
  private final ChainRecipe recipe;
  private final int cacheMib;
  private final Optional<Path> other;
  private final Optional<Path> export;
  private final Measurements measurements = new Measurements();
  private final List<Double> downloadRatios = new ArrayList<>();
  private final List<Double> reindexRatios = new ArrayList<>();

  /**
   * @param cacheMib what both nodes may use for coins, in MiB ({@code -dbcache})
   * @param other a bitcoind to take turns with ours
   * @param export where the chain stays, as a file that {@code -loadblock} reads
   */
  DownloadBenchmark(
      int runs, ChainRecipe recipe, int cacheMib, Optional<Path> other, Optional<Path> export) {
    this.runs = runs;
    this.recipe = recipe;
    this.cacheMib = cacheMib;
    this.other = other;
    this.export = export;
  }

  @Override
  public String name() {
    return "download";
  }

  @Override
  public List<Figure> run(Bench bench)
      throws CliException, RefusedException, IOException, InterruptedException {
    Path file = export.orElseGet(bench::newFolder);
    try (ChainFile chain = ChainMaker.make(recipe, file, bench::say);
        ChainPeer peer = ChainPeer.serve(chain)) {
      measurements.add("the chain '" + recipe.name() + "'", "blocks", chain.height());
      measurements.add("  size", "MiB", chain.bytes() / MIB);
      DownloadRun turn = new DownloadRun(bench, chain, peer, recipe.blocks());
      for (int run = 1; run <= runs; run++) {
        bench.say("download, " + run + " of " + runs);
        Times ours = measure(turn, Subject.ours(bench, cacheMib));
        if (other.isPresent()) {
          bench.say("download by bitcoind, " + run + " of " + runs);
          Times theirs = measure(turn, Subject.other(bench, other.get(), cacheMib));
          downloadRatios.add(ours.download() / theirs.download());
          reindexRatios.add(ours.reindex() / theirs.reindex());
        }
      }
      bench.say("download, stage by stage");
      turn.stages("--db-cache=" + cacheMib)
          .forEach((stage, millis) -> measurements.add("a block is " + stage, "ms", millis));
    }
    List<Figure> figures = new ArrayList<>(measurements.figures());
    if (!downloadRatios.isEmpty()) {
      figures.add(Figure.of("download, Farthing / bitcoind", "", downloadRatios).aim("<= 1.0"));
      figures.add(Figure.of("reindex, Farthing / bitcoind", "", reindexRatios).aim("<= 1.0"));
    }
    return figures;
  }

  private record Times(double download, double reindex) {}

  private Times measure(DownloadRun run, Subject subject)
      throws CliException, RefusedException, IOException, InterruptedException {
    DownloadRun.Stretch download = run.download(subject);
    add(subject.label() + ": download", download);
    measurements.add(
        subject.label() + ": download, each of the last blocks",
        "ms",
        download.lastSeconds() * 1_000 / recipe.blocks());
    DownloadRun.Stretch reindex = run.reindex(subject);
    add(subject.label() + ": reindex", reindex);
    return new Times(download.seconds(), reindex.seconds());
  }

  private void add(String name, DownloadRun.Stretch stretch) {
    measurements.add(name, "s", stretch.seconds());
    measurements.add(name + ", cores busy", "", stretch.coresBusy());
    measurements.add(name + ", most memory", "MiB", stretch.used().peakBytes() / MIB);
    measurements.add(name + ", written", "MiB", stretch.used().writtenBytes() / MIB);
    measurements.addThreads(name, stretch.used());
  }
}
