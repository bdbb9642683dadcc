package org.farthing.node.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.process.NodeProcess;

/** The resident memory of a node that has nothing to do, alone and with two peers. */
final class MemoryBenchmark implements Benchmark {
  private static final String AIM = "< 300";
  private static final double BYTES_PER_MB = 1e6;
  private static final int PEERS = 2;

  private final int runs;
  private final Duration idle;

  /**
   * @param idle how long a node is left alone before it is measured
   */
  MemoryBenchmark(int runs, Duration idle) {
    this.runs = runs;
    this.idle = idle;
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public List<Figure> run(Bench bench)
      throws CliException, RefusedException, IOException, InterruptedException {
    List<Figure> figures = new ArrayList<>();
    for (String network : List.of("testnet", "regtest")) {
      List<Double> alone = new ArrayList<>();
      List<Double> withPeers = new ArrayList<>();
      for (int run = 1; run <= runs; run++) {
        bench.say("memory on " + network + ", " + run + " of " + runs);
        measure(bench, network, alone, withPeers);
      }
      // Where the system does not say how much memory a process has, there is no figure.
      if (!alone.isEmpty()) {
        figures.add(Figure.of("idle memory, " + network, "MB", alone).aim(AIM));
        figures.add(Figure.of("  with " + PEERS + " peers", "MB", withPeers).aim(AIM));
      }
    }
    return figures;
  }

  private void measure(Bench bench, String network, List<Double> alone, List<Double> withPeers)
      throws CliException, RefusedException, IOException, InterruptedException {
    NodeProcess node = bench.startReady(bench.newFolder(), network);
    Thread.sleep(idle.toMillis());
    add(node.residentBytes(), alone);
    List<NodeProcess> peers = new ArrayList<>();
    for (int i = 0; i < PEERS; i++) {
      Path data = bench.newFolder();
      peers.add(bench.startReady(data, network, "--connect", node.p2pAddress(), "--no-listen"));
    }
    bench.await(node, () -> node.rpc().call("getconnectioncount").asInt() == PEERS);
    Thread.sleep(idle.toMillis());
    add(node.residentBytes(), withPeers);
    for (NodeProcess peer : peers) {
      bench.stop(peer);
    }
    bench.stop(node);
  }

  private static void add(OptionalLong bytes, List<Double> samples) {
    bytes.ifPresent(value -> samples.add(value / BYTES_PER_MB));
  }
}
