package org.farthing.node.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.process.NodeProcess;

/**
 * What a node does while a hundred hostile peers send it what a fast line carries: how long its
 * calls take, how much memory it needs, whether it keeps its honest peers and follows their chain.
 */
final class FloodBenchmark implements Benchmark {
  private static final int HOSTILE = 100;
  private static final int BLOCKS = 10;
  private static final int HEAP_MIB = 256;

  /** As much as comes over a line of 1 Gbit/s, and nothing else. */
  private static final long BYTES_IN_SECOND = 125_000_000;

  private static final Duration WARM_UP = Duration.ofSeconds(2);
  private static final double BYTES_PER_MB = 1e6;
  private static final double MEDIAN = 0.5;
  private static final double SLOWEST = 0.99;
  private static final String PAY_TO = "raw(51)";

  private static final List<String> REQUESTS =
      Stream.of(
              "getblockcount",
              "getbestblockhash",
              "getblockchaininfo",
              "getpeerinfo",
              "getmempoolinfo")
          .map(method -> RpcLoad.request(method, ""))
          .toList();

  private final Duration time;

  /**
   * @param time how long the flood lasts
   */
  FloodBenchmark(Duration time) {
    this.time = time;
  }

  @Override
  public String name() {
    return "flood";
  }

  @Override
  public List<Figure> run(Bench bench)
      throws CliException, RefusedException, IOException, InterruptedException {
    bench.say("flood: starting three nodes");
    NodeProcess miner =
        bench.startReady(bench.newFolder(), "regtest", "--connect", "0", "--listen");
    // One honest peer is called by the node, and one calls it.
    NodeProcess node =
        bench.startReadyWithin(
            HEAP_MIB, bench.newFolder(), "regtest", "--connect", miner.p2pAddress(), "--listen");
    NodeProcess caller =
        bench.startReady(
            bench.newFolder(), "regtest", "--connect", node.p2pAddress(), "--no-listen");
    bench.await(node, () -> node.rpc().call("getconnectioncount").asInt() == 2);
    Set<Long> honest = peers(node);
    miner.rpc().call("generatetodescriptor", 1, PAY_TO);
    bench.await(caller, () -> Bench.height(caller) == 1);
    List<Figure> figures = measure(bench, node, miner);
    Set<Long> kept = peers(node);
    kept.retainAll(honest);
    figures.add(one("honest peers kept", "of 2", kept.size()).aim("2"));
    bench.await(caller, () -> Bench.height(caller) == Bench.height(miner));
    bench.stop(caller);
    bench.stop(node);
    bench.stop(miner);
    return figures;
  }

  private List<Figure> measure(Bench bench, NodeProcess node, NodeProcess miner)
      throws CliException, RefusedException, IOException, InterruptedException {
    RpcLoad load = new RpcLoad(node.rpc().endpoint(), 1);
    load.run(REQUESTS, WARM_UP);
    // What this machine can do, with whatever else it has to do.
    RpcLoad.Outcome usual = load.run(REQUESTS, time.dividedBy(BLOCKS));
    double before = megabytes(node);
    List<Figure> figures = new ArrayList<>();
    figures.add(one("99 of 100 calls before within", "ms", usual.millis(SLOWEST)));
    AtomicReference<Double> most = new AtomicReference<>(0.0);
    ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
    try (Flood flood = begin(node)) {
      var unused =
          watch.scheduleAtFixedRate(
              () -> most.accumulateAndGet(megabytes(node), Math::max),
              0,
              200,
              TimeUnit.MILLISECONDS);
      figures.addAll(duringFlood(bench, load, node, miner));
      figures.add(one("messages sent to the node", "", (double) flood.messages()));
      figures.add(one("  bytes", "MB", (double) flood.bytes() / BYTES_PER_MB));
      figures.add(one("  on connections", "", (double) flood.connections()));
    } finally {
      watch.shutdownNow();
    }
    figures.add(one("memory before, heap at most " + HEAP_MIB + " MiB", "MB", before));
    figures.add(one("  most during the flood", "MB", most.get()).aim("< 600"));
    return figures;
  }

  private static Flood begin(NodeProcess node) throws CliException {
    String[] address = node.p2pAddress().split(":", 2);
    return Flood.begin(
        new InetSocketAddress(address[0], Integer.parseInt(address[1])),
        ConsensusParams.regtest().network().magic(),
        new Flood.Force(HOSTILE, BYTES_IN_SECOND),
        1);
  }

  private static double megabytes(NodeProcess node) {
    return node.residentBytes().orElse(0) / BYTES_PER_MB;
  }

  /** How calls fare, and how blocks of an honest peer, of which one comes in each tenth. */
  private List<Figure> duringFlood(Bench bench, RpcLoad load, NodeProcess node, NodeProcess miner)
      throws CliException, RefusedException, InterruptedException {
    List<RpcLoad.Outcome> parts = new ArrayList<>();
    List<Double> followed = new ArrayList<>();
    for (int i = 1; i <= BLOCKS; i++) {
      bench.say("flood, part " + i + " of " + BLOCKS);
      parts.add(load.run(REQUESTS, time.dividedBy(BLOCKS)));
      followed.add(follow(bench, node, miner));
    }
    RpcLoad.Outcome all = RpcLoad.Outcome.together(parts);
    return List.of(
        one("half of the calls within", "ms", all.millis(MEDIAN)),
        one("99 of 100 calls within", "ms", all.millis(SLOWEST)).aim("< 100"),
        Figure.of(
            "  in each tenth of the time",
            "ms",
            parts.stream().map(part -> part.millis(SLOWEST)).toList()),
        Figure.of("a block is followed after", "ms", followed));
  }

  private static Figure one(String name, String unit, double value) {
    return Figure.of(name, unit, List.of(value));
  }

  /** Lets an honest peer find a block; how many milliseconds later the node has it. */
  private static double follow(Bench bench, NodeProcess node, NodeProcess miner)
      throws CliException, RefusedException, InterruptedException {
    miner.rpc().call("generatetodescriptor", 1, PAY_TO);
    long begin = System.nanoTime();
    int height = Bench.height(miner);
    bench.await(node, () -> Bench.height(node) >= height);
    return (System.nanoTime() - begin) / 1e6;
  }

  private static Set<Long> peers(NodeProcess node) throws CliException, RefusedException {
    Set<Long> ids = new TreeSet<>();
    for (JsonNode peer : node.rpc().call("getpeerinfo")) {
      ids.add(peer.path("id").asLong());
    }
    return ids;
  }
}
