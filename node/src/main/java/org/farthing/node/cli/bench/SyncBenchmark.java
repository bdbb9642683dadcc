package org.farthing.node.cli.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.process.NodeProcess;

/** A new node gets a chain of empty blocks from its only peer, over loopback. */
final class SyncBenchmark implements Benchmark {
  private static final String NETWORK = "regtest";
  private static final int BLOCKS_FOR_AIM = 10_000;
  private static final int BATCH = 500;

  /** Of BIP-0173's example key; nobody spends from it here. */
  private static final String ADDRESS = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";

  private final int runs;
  private final int blocks;

  SyncBenchmark(int runs, int blocks) {
    this.runs = runs;
    this.blocks = blocks;
  }

  @Override
  public String name() {
    return "sync";
  }

  @Override
  public List<Figure> run(Bench bench)
      throws CliException, RefusedException, IOException, InterruptedException {
    NodeProcess peer = bench.startReady(bench.newFolder(), NETWORK);
    List<Double> mined = List.of(mine(bench, peer));
    List<Double> seconds = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    List<Double> peerCpu = new ArrayList<>();
    for (int run = 1; run <= runs; run++) {
      bench.say("fetching " + blocks + " blocks, " + run + " of " + runs);
      NodeProcess node =
          bench.startReady(bench.newFolder(), NETWORK, "--connect", peer.p2pAddress());
      long begin = System.nanoTime();
      double cpuBefore = node.cpuSeconds();
      double peerCpuBefore = peer.cpuSeconds();
      bench.await(node, () -> Bench.height(node) == blocks);
      seconds.add((System.nanoTime() - begin) / 1e9);
      cpu.add(node.cpuSeconds() - cpuBefore);
      peerCpu.add(peer.cpuSeconds() - peerCpuBefore);
      bench.stop(node);
    }
    Optional<String> aim = blocks == BLOCKS_FOR_AIM ? Optional.of("< 20") : Optional.empty();
    List<Double> speeds = seconds.stream().map(it -> blocks / it).toList();
    return List.of(
        new Figure(blocks + " empty blocks from a peer", "s", aim, seconds),
        Figure.of("  in a second", "blocks", speeds),
        Figure.of("  CPU time of the node", "s", cpu),
        Figure.of("  CPU time of its peer", "s", peerCpu),
        Figure.of(blocks + " empty blocks mined", "s", mined));
  }

  /** Returns the seconds that it took. */
  private double mine(Bench bench, NodeProcess node) throws CliException, RefusedException {
    long begin = System.nanoTime();
    for (int height = 0; height < blocks; height += BATCH) {
      bench.say("mining " + blocks + " blocks, " + height + " are there");
      node.rpc().call("generatetoaddress", Math.min(BATCH, blocks - height), ADDRESS);
    }
    return (System.nanoTime() - begin) / 1e9;
  }
}
