package org.farthing.node.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.process.NodeProcess;

/**
 * From the start of the process to the first answer over RPC, with no chain and with an old one.
 */
final class StartBenchmark implements Benchmark {
  private static final String NETWORK = "regtest";
  private static final String AIM = "< 1.5";

  private final int runs;

  StartBenchmark(int runs) {
    this.runs = runs;
  }

  @Override
  public String name() {
    return "start";
  }

  @Override
  public List<Figure> run(Bench bench)
      throws CliException, RefusedException, IOException, InterruptedException {
    // The first one fills the caches of the system, and is not counted.
    Path used = bench.newFolder();
    start(bench, used);
    List<Start> fresh = new ArrayList<>();
    List<Start> again = new ArrayList<>();
    for (int run = 1; run <= runs; run++) {
      bench.say("start " + run + " of " + runs);
      fresh.add(start(bench, bench.newFolder()));
      again.add(start(bench, used));
    }
    return List.of(
        Figure.of("start to RPC ready, new data", "s", seconds(fresh)).aim(AIM),
        Figure.of("  of it CPU time", "s", cpuSeconds(fresh)),
        Figure.of("start to RPC ready, old data", "s", seconds(again)).aim(AIM),
        Figure.of("  of it CPU time", "s", cpuSeconds(again)));
  }

  private record Start(double seconds, double cpuSeconds) {}

  private static Start start(Bench bench, Path data)
      throws CliException, RefusedException, IOException, InterruptedException {
    long begin = System.nanoTime();
    NodeProcess node = bench.startReady(data, NETWORK);
    double seconds = (System.nanoTime() - begin) / 1e9;
    Start start = new Start(seconds, node.cpuSeconds());
    bench.stop(node);
    return start;
  }

  private static List<Double> seconds(List<Start> starts) {
    return starts.stream().map(Start::seconds).toList();
  }

  private static List<Double> cpuSeconds(List<Start> starts) {
    return starts.stream().map(Start::cpuSeconds).toList();
  }
}
