package org.farthing.node.cli.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.Owner;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.process.RunningNode;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolChain;
import org.farthing.node.mempool.MempoolFile;
import org.farthing.node.mempool.MempoolOptions;
import org.farthing.node.simulation.HeapLedger;

/**
 * How many transactions a node takes into its mempool in a second of CPU time, and what they hold
 * there: payments with one P2WPKH input and two outputs, read from a file by {@code importmempool}
 * so that nothing else is measured. What comes first runs in code that is not compiled yet.
 */
final class AcceptBenchmark implements Benchmark {
  private static final int PAYMENTS = 2_000;

  /** So many blocks' worth of payments stand in one file. */
  private static final int BLOCKS = 10;

  private static final int FILES = 3;

  private final int runs;
  private final Optional<Path> other;
  private final Map<String, List<Double>> samples = new LinkedHashMap<>();

  /**
   * @param other a bitcoind to take turns with ours
   */
  AcceptBenchmark(int runs, Optional<Path> other) {
    this.runs = runs;
    this.other = other;
  }

  @Override
  public String name() {
    return "accept";
  }

  @Override
  public List<Figure> run(Bench bench)
      throws CliException, RefusedException, IOException, InterruptedException {
    RunningNode maker = bench.startReady(bench.newFolder(), "regtest");
    PaymentChain chain = PaymentChain.make(maker.rpc(), FILES * BLOCKS, PAYMENTS, bench::say);
    bench.stop(maker);
    List<List<Transaction>> payments = payments(chain);
    List<Path> files = write(payments, bench.newFolder());
    for (int run = 1; run <= runs; run++) {
      bench.say("transactions are taken in, " + run + " of " + runs);
      measure(bench, "farthing", bench.startReady(bench.newFolder(), "regtest"), chain, files);
      if (other.isPresent()) {
        measure(bench, "bitcoind", bench.startOther(other.get()), chain, files);
      }
    }
    bench.say("the heap of waiting transactions");
    heap(chain, payments);
    List<Figure> figures = new ArrayList<>();
    samples.forEach(
        (name, values) ->
            figures.add(Figure.of(name, name.contains("bytes") ? "bytes" : "tx/s", values)));
    return figures;
  }

  private static List<List<Transaction>> payments(PaymentChain chain) throws CliException {
    List<List<Transaction>> payments = new ArrayList<>();
    for (int file = 0; file < FILES; file++) {
      List<Transaction> some = new ArrayList<>();
      for (int block = file * BLOCKS; block < (file + 1) * BLOCKS; block++) {
        for (String raw : chain.payments(block)) {
          some.add(decode(raw));
        }
      }
      payments.add(some);
    }
    return payments;
  }

  private static Transaction decode(String raw) throws CliException {
    try {
      return Transaction.decode(Hex.decode(raw));
    } catch (DecodeException e) {
      throw CliException.failed("a payment cannot be decoded: " + e.getMessage());
    }
  }

  private static List<Path> write(List<List<Transaction>> payments, Path folder)
      throws IOException {
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    for (List<Transaction> some : payments) {
      Path file = folder.resolve("mempool" + files.size() + ".dat");
      List<MempoolFile.Waiting> waiting =
          some.stream().map(tx -> new MempoolFile.Waiting(tx, 0, 0)).toList();
      try (OutputStream out = Files.newOutputStream(file)) {
        new MempoolFile(waiting, Map.of(), Set.of()).write(out, Optional.empty());
      }
      files.add(file);
    }
    return files;
  }

  private void measure(
      Bench bench, String label, RunningNode node, PaymentChain chain, List<Path> files)
      throws CliException, RefusedException, InterruptedException {
    for (String block : chain.opening()) {
      node.rpc().call("submitblock", block);
    }
    int expected = 0;
    for (Path file : files) {
      double before = node.cpuSeconds();
      node.rpc().call("importmempool", file.toString(), Map.of("use_current_time", true));
      double seconds = node.cpuSeconds() - before;
      int taken = node.rpc().call("getmempoolinfo").path("size").asInt() - expected;
      expected += BLOCKS * PAYMENTS;
      if (taken != BLOCKS * PAYMENTS) {
        throw CliException.failed(label + " took " + taken + " transactions of a file");
      }
      String part = file.equals(files.get(0)) ? "the first 20,000" : "later ones";
      add("%s: accepted, %s".formatted(label, part), taken / seconds);
    }
    double usage = node.rpc().call("getmempoolinfo").path("usage").asDouble();
    add(label + ": bytes for each, by its own count", usage / expected);
    bench.stop(node);
  }

  private void add(String name, double sample) {
    samples.computeIfAbsent(name, key -> new ArrayList<>()).add(sample);
  }

  /** What is left in this process's heap of transactions that were decoded and taken in. */
  private void heap(PaymentChain chain, List<List<Transaction>> payments) throws CliException {
    try (ChainState state =
        ChainState.open(ConsensusParams.regtest(), new HeapLedger(), Runnable::run)) {
      long nowSeconds = System.currentTimeMillis() / 1000;
      for (String block : chain.opening()) {
        state.acceptBlock(Block.decode(Hex.decode(block)), nowSeconds);
      }
      Mempool pool =
          new Mempool(MempoolChain.of(state), MempoolOptions.defaults(), Owner.UNCHECKED);
      List<byte[]> raw = payments.get(0).stream().map(Transaction::serialize).toList();
      long before = usedBytes();
      for (byte[] each : raw) {
        pool.accept(Transaction.decode(each), nowSeconds * 1000);
      }
      add("farthing: bytes of heap for each", (double) (usedBytes() - before) / pool.count());
      add(
          "farthing: bytes for each, counted",
          (double) pool.snapshot().usageBytes() / pool.count());
    } catch (DecodeException e) {
      throw CliException.failed("the benchmark's chain cannot be decoded: " + e.getMessage());
    }
  }

  private static long usedBytes() {
    Runtime runtime = Runtime.getRuntime();
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }
}
