package org.farthing.node.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;

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
    OneStart.of(bench, used, NETWORK, Duration.ZERO);
    List<OneStart> fresh = new ArrayList<>();
    List<OneStart> again = new ArrayList<>();
    for (int run = 1; run <= runs; run++) {
      bench.say("start " + run + " of " + runs);
      fresh.add(OneStart.of(bench, bench.newFolder(), NETWORK, Duration.ZERO));
      again.add(OneStart.of(bench, used, NETWORK, Duration.ZERO));
    }
    return List.of(
        Figure.of("start to RPC ready, new data", "s", OneStart.seconds(fresh)).aim(AIM),
        Figure.of("  of it CPU time", "s", OneStart.cpuSeconds(fresh)),
        Figure.of("start to RPC ready, old data", "s", OneStart.seconds(again)).aim(AIM),
        Figure.of("  of it CPU time", "s", OneStart.cpuSeconds(again)));
  }
}
