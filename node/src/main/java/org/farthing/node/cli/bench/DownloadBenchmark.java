package org.farthing.node.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
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
  private final Duel duel;

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
    this.duel = recipe.name().equals(ChainRecipe.COINS) ? new Duel("1.2") : new Duel();
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
      duel.others().add("the chain '" + recipe.name() + "'", "blocks", chain.height());
      duel.others().add("  size", "MiB", chain.bytes() / MIB);
      DownloadRun turn = new DownloadRun(bench, chain, peer, recipe.blocks());
      for (int run = 1; run <= runs; run++) {
        bench.say("download, " + run + " of " + runs);
        measure(turn, Subject.ours(bench, cacheMib));
        if (other.isPresent()) {
          bench.say("download by bitcoind, " + run + " of " + runs);
          measure(turn, Subject.other(bench, other.get(), cacheMib));
        }
        duel.endRun();
      }
      bench.say("download, stage by stage");
      turn.stages("--db-cache=" + cacheMib)
          .forEach((stage, millis) -> duel.others().add("a block is " + stage, "ms", millis));
    }
    return duel.figures();
  }

  private void measure(DownloadRun run, Subject subject)
      throws CliException, RefusedException, IOException, InterruptedException {
    DownloadRun.Stretch download = run.download(subject);
    add(subject.label(), "download", download);
    duel.others()
        .add(
            subject.label() + ": download, each of the last blocks",
            "ms",
            download.lastBlockMillis());
    add(subject.label(), "reindex", run.reindex(subject));
  }

  private void add(String whose, String what, DownloadRun.Stretch stretch) {
    duel.add(whose, what, "s", stretch.seconds());
    Measurements others = duel.others();
    String name = whose + ": " + what;
    others.add(name + ", cores busy", "", stretch.coresBusy());
    others.add(name + ", most memory", "MiB", stretch.used().peakBytes() / MIB);
    others.add(name + ", written", "MiB", stretch.used().writtenBytes() / MIB);
    others.addThreads(name, stretch.used());
  }
}
