package org.farthing.node.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.process.RunningNode;

/**
 * Calls in a second and the time of the slowest in a hundred, with several clients at once: of a
 * node that has nothing else to do, and of one that connects a block of payments each second.
 */
final class RpcBenchmark implements Benchmark {
  private static final int CLIENTS = 8;
  private static final int PAYMENTS = 2_000;
  private static final Duration TIME = Duration.ofSeconds(5);
  private static final Duration WARM_UP = Duration.ofSeconds(3);

  /** How often a block comes while the node is under load. */
  private static final Duration BLOCK_INTERVAL = Duration.ofSeconds(1);

  private static final double SLOWEST = 0.99;

  private final int runs;
  private final Optional<Path> other;

  /**
   * @param other a bitcoind to take turns with ours
   */
  RpcBenchmark(int runs, Optional<Path> other) {
    this.runs = runs;
    this.other = other;
  }

  @Override
  public String name() {
    return "rpc";
  }

  /** One kind of call, to each of the requests in turn. */
  private record Kind(String name, List<String> requests) {}

  private static List<Kind> kinds(PaymentChain chain) {
    String hash = '"' + chain.firstHash() + '"';
    return List.of(
        new Kind("getblockcount", List.of(RpcLoad.request("getblockcount", ""))),
        new Kind("getblock, ids", List.of(RpcLoad.request("getblock", hash + ",1"))),
        new Kind("getblock, whole", List.of(RpcLoad.request("getblock", hash + ",2"))),
        new Kind(
            "getrawtransaction, hex",
            chain.firstIds().stream()
                .map(id -> RpcLoad.request("getrawtransaction", '"' + id + '"'))
                .toList()),
        new Kind(
            "getrawtransaction, decoded",
            chain.firstIds().stream()
                .map(id -> RpcLoad.request("getrawtransaction", '"' + id + "\",1"))
                .toList()));
  }

  @Override
  public List<Figure> run(Bench bench)
      throws CliException, RefusedException, IOException, InterruptedException {
    // One full block is asked for; the others come while it is.
    int blocks = 1 + 5 * (int) (TIME.toSeconds() / BLOCK_INTERVAL.toSeconds() + 1);
    PaymentChain chain = PaymentChain.make(bench, blocks, PAYMENTS);
    Samples samples = new Samples();
    for (int run = 1; run <= runs; run++) {
      bench.say("calls, " + run + " of " + runs);
      RunningNode ours = bench.startReady(bench.newFolder(), "regtest", "--tx-index");
      measure(bench, "farthing", ours, chain, samples);
      if (other.isPresent()) {
        bench.say("calls to bitcoind, " + run + " of " + runs);
        RunningNode theirs = bench.startOther(other.get(), "-txindex");
        measure(bench, "bitcoind", theirs, chain, samples);
      }
    }
    return samples.figures();
  }

  /** What was measured, by the name of the figure; in the order of the first measurement. */
  private static final class Samples {
    private final Map<String, List<Double>> rates = new LinkedHashMap<>();
    private final Map<String, List<Double>> slowest = new LinkedHashMap<>();

    void add(String name, RpcLoad.Outcome outcome) {
      rates.computeIfAbsent(name, key -> new ArrayList<>()).add(outcome.callsInSecond());
      slowest.computeIfAbsent(name, key -> new ArrayList<>()).add(outcome.millis(SLOWEST));
    }

    List<Figure> figures() {
      List<Figure> figures = new ArrayList<>();
      for (String name : rates.keySet()) {
        figures.add(Figure.of(name, "calls/s", rates.get(name)));
        figures.add(Figure.of("  99 of 100 within", "ms", slowest.get(name)));
      }
      return figures;
    }
  }

  private static void measure(
      Bench bench, String label, RunningNode node, PaymentChain chain, Samples samples)
      throws CliException, RefusedException, InterruptedException {
    chain.open(node);
    PaymentChain.submit(node, chain.full().get(0));
    String lastId = chain.firstIds().get(chain.firstIds().size() - 1);
    bench.await(node, () -> isIndexed(node, lastId));
    RpcLoad load = new RpcLoad(node.rpc().endpoint(), CLIENTS);
    List<Kind> kinds = kinds(chain);
    for (Kind kind : kinds) {
      load.run(kind.requests(), WARM_UP);
      samples.add(label + ": " + kind.name(), load.run(kind.requests(), TIME));
    }
    AtomicBoolean ended = new AtomicBoolean();
    ExecutorService feeder = Executors.newSingleThreadExecutor();
    Future<?> feed = feeder.submit(() -> feed(node, chain.further(), ended));
    try {
      for (Kind kind : kinds) {
        RpcLoad.Outcome outcome = load.run(kind.requests(), TIME);
        samples.add(label + " connecting blocks: " + kind.name(), outcome);
      }
    } finally {
      ended.set(true);
      feeder.shutdown();
    }
    try {
      feed.get();
    } catch (ExecutionException e) {
      throw CliException.failed(label + " took no more blocks: " + e.getCause().getMessage());
    }
    bench.stop(node);
  }

  private static boolean isIndexed(RunningNode node, String id) throws CliException {
    try {
      node.rpc().call("getrawtransaction", id);
      return true;
    } catch (RefusedException e) {
      return false;
    }
  }

  /** Gives a node a block at each interval. */
  private static Void feed(RunningNode node, List<String> blocks, AtomicBoolean ended)
      throws CliException, RefusedException, InterruptedException {
    for (int next = 0; next < blocks.size() && !ended.get(); next++) {
      long due = System.nanoTime() + BLOCK_INTERVAL.toNanos();
      PaymentChain.submit(node, blocks.get(next));
      TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
    }
    return null;
  }
}
