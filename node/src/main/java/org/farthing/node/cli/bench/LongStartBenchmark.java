package org.farthing.node.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.farthing.node.cli.bench.chain.ChainFile;
import org.farthing.node.cli.bench.chain.ChainMaker;
import org.farthing.node.cli.bench.chain.ChainPeer;
import org.farthing.node.cli.bench.chain.ChainRecipe;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;

/**
 * The start of a node that has a long chain on disk, which it has fetched before, and the memory
 * that it holds when it has nothing to do.
 */
final class LongStartBenchmark implements Benchmark {
  private static final String NETWORK = "regtest";
  private static final double BYTES_PER_MB = 1e6;

  private final int runs;
  private final int blocks;
  private final Duration idle;

  /**
   * @param blocks of the chain, all of them empty
   * @param idle how long a node is left alone before its memory is measured
   */
  LongStartBenchmark(int runs, int blocks, Duration idle) {
    this.runs = runs;
    this.blocks = blocks;
    this.idle = idle;
  }

  @Override
  public String name() {
    return "start-long";
  }

  /** To make and fetch the chain takes longer than all the starts. */
  @Override
  public boolean isAskedForByName() {
    return true;
  }

  @Override
  public List<Figure> run(Bench bench)
      throws CliException, RefusedException, IOException, InterruptedException {
    Path data = bench.newFolder();
    fetch(bench, data);
    // The first one fills the caches of the system, and is not counted.
    OneStart.of(bench, data, NETWORK, Duration.ZERO);
    List<OneStart> starts = new ArrayList<>();
    for (int run = 1; run <= runs; run++) {
      bench.say("start with a long chain, " + run + " of " + runs);
      starts.add(OneStart.of(bench, data, NETWORK, idle));
    }
    List<Figure> figures = new ArrayList<>();
    figures.add(
        Figure.of("start to RPC ready, " + blocks + " blocks", "s", OneStart.seconds(starts))
            .aim("< 0.7"));
    figures.add(Figure.of("  of it CPU time", "s", OneStart.cpuSeconds(starts)));
    List<Double> memory =
        starts.stream()
            .flatMapToLong(start -> start.residentBytes().stream())
            .mapToObj(bytes -> bytes / BYTES_PER_MB)
            .toList();
    // Where the system does not say how much memory a process has, there is no figure.
    if (!memory.isEmpty()) {
      figures.add(Figure.of("  idle memory", "MB", memory).aim("< 250"));
    }
    return figures;
  }

  private void fetch(Bench bench, Path data)
      throws CliException, RefusedException, IOException, InterruptedException {
    ChainRecipe recipe = ChainRecipe.named("empty").with(0, blocks, 0);
    try (ChainFile chain = ChainMaker.make(recipe, bench.newFolder(), bench::say);
        ChainPeer peer = ChainPeer.serve(chain)) {
      bench.say("fetching " + blocks + " blocks");
      new DownloadRun(bench, chain, peer, 1).download(Subject.oursIn(bench, data));
    }
  }
}
