package org.farthing.node.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.node.cli.bench.chain.ChainFile;
import org.farthing.node.cli.bench.chain.ChainMaker;
import org.farthing.node.cli.bench.chain.ChainPeer;
import org.farthing.node.cli.bench.chain.ChainRecipe;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.process.RunningNode;

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
  private final Measurements measurements = new Measurements();
  private final List<Double> downloadRatios = new ArrayList<>();
  private final List<Double> reindexRatios = new ArrayList<>();

  /**
   * @param cacheMib what both nodes may use for coins, in MiB ({@code -dbcache})
   * @param other a bitcoind to take turns with ours
   */
  DownloadBenchmark(int runs, ChainRecipe recipe, int cacheMib, Optional<Path> other) {
    this.runs = runs;
    this.recipe = recipe;
    this.cacheMib = cacheMib;
    this.other = other;
  }

  @Override
  public String name() {
    return "download";
  }

  @Override
  public List<Figure> run(Bench bench)
      throws CliException, RefusedException, IOException, InterruptedException {
    try (ChainFile chain = ChainMaker.make(recipe, bench.newFolder(), bench::say);
        ChainPeer peer = ChainPeer.serve(chain)) {
      measurements.add("the chain '" + recipe.name() + "'", "blocks", chain.height());
      measurements.add("  size", "MiB", chain.bytes() / MIB);
      for (int run = 1; run <= runs; run++) {
        bench.say("download, " + run + " of " + runs);
        Times ours = measure(bench, Subject.ours(bench, cacheMib), chain, peer);
        if (other.isPresent()) {
          bench.say("download by bitcoind, " + run + " of " + runs);
          Times theirs = measure(bench, Subject.other(bench, other.get(), cacheMib), chain, peer);
          downloadRatios.add(ours.download() / theirs.download());
          reindexRatios.add(ours.reindex() / theirs.reindex());
        }
      }
    }
    List<Figure> figures = new ArrayList<>(measurements.figures());
    if (!downloadRatios.isEmpty()) {
      figures.add(Figure.of("download, Farthing / bitcoind", "", downloadRatios).aim("<= 1.0"));
      figures.add(Figure.of("reindex, Farthing / bitcoind", "", reindexRatios).aim("<= 1.0"));
    }
    return figures;
  }

  private record Times(double download, double reindex) {}

  private Times measure(Bench bench, Subject subject, ChainFile chain, ChainPeer peer)
      throws CliException, RefusedException, IOException, InterruptedException {
    RunningNode node = subject.start();
    ProcessFigures before = ProcessFigures.of(node);
    long begin = System.nanoTime();
    node.rpc().call("addnode", peer.address(), "onetry");
    awaitHeight(bench, node, chain.height());
    double download = seconds(begin);
    ProcessFigures after = ProcessFigures.of(node);
    add(subject, "download", download, before, after);
    bench.stop(node);
    begin = System.nanoTime();
    node = subject.reindex();
    awaitHeight(bench, node, chain.height());
    double reindex = seconds(begin);
    add(subject, "reindex", reindex, ProcessFigures.NONE, ProcessFigures.of(node));
    bench.stop(node);
    return new Times(download, reindex);
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private void add(
      Subject subject, String what, double seconds, ProcessFigures before, ProcessFigures after) {
    String name = subject.label() + ": " + what;
    double cpu = after.cpuSeconds() - before.cpuSeconds();
    measurements.add(name, "s", seconds);
    measurements.add(name + ", cores busy", "", cpu / seconds);
    measurements.add(name + ", most memory", "MiB", after.peakBytes() / MIB);
    measurements.add(
        name + ", written", "MiB", (after.writtenBytes() - before.writtenBytes()) / MIB);
  }

  /** Asks the node itself to wait, so that the question costs nothing. */
  private static void awaitHeight(Bench bench, RunningNode node, int height)
      throws CliException, RefusedException, InterruptedException {
    bench.await(
        node,
        () ->
            node.rpc()
                    .call("waitforblockheight", height, Duration.ofSeconds(10).toMillis())
                    .path("height")
                    .asInt()
                == height);
  }
}
