package org.farthing.node.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.process.RunningNode;
import org.farthing.node.mempool.Mempool;

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
  private final Measurements measurements = new Measurements();

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
    PaymentChain chain = PaymentChain.make(bench, FILES * BLOCKS, PAYMENTS);
    List<Path> files = files(chain, bench.newFolder());
    for (int run = 1; run <= runs; run++) {
      bench.say("transactions are taken in, " + run + " of " + runs);
      measure(bench, "farthing", bench.startReady(bench.newFolder(), "regtest"), chain, files);
      if (other.isPresent()) {
        measure(bench, "bitcoind", bench.startOther(other.get()), chain, files);
      }
    }
    bench.say("the heap of waiting transactions");
    heap(chain);
    return measurements.figures();
  }

  private static List<Path> files(PaymentChain chain, Path folder)
      throws CliException, IOException {
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      Path file = folder.resolve("mempool" + i + ".dat");
      PaymentChain.write(chain.payments(i * BLOCKS, BLOCKS), file);
      files.add(file);
    }
    return files;
  }

  private void measure(
      Bench bench, String label, RunningNode node, PaymentChain chain, List<Path> files)
      throws CliException, RefusedException, InterruptedException {
    chain.open(node);
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
      measurements.add("%s: accepted, %s".formatted(label, part), "tx/s", taken / seconds);
    }
    double usage = node.rpc().call("getmempoolinfo").path("usage").asDouble();
    measurements.add(label + ": bytes for each, by its own count", "bytes", usage / expected);
    bench.stop(node);
  }

  /** What is left in this process's heap of transactions that were decoded and taken in. */
  private void heap(PaymentChain chain) throws CliException {
    List<byte[]> raw = chain.payments(0, BLOCKS).stream().map(Transaction::serialize).toList();
    try (LocalPool local = LocalPool.of(chain)) {
      Mempool pool = local.mempool();
      long before = usedBytes();
      for (byte[] each : raw) {
        pool.accept(Transaction.decode(each), local.nowSeconds() * 1000);
      }
      double held = usedBytes() - before;
      measurements.add("farthing: bytes of heap for each", "bytes", held / pool.count());
      double counted = pool.snapshot().usageBytes();
      measurements.add("farthing: bytes for each, counted", "bytes", counted / pool.count());
    } catch (DecodeException e) {
      throw CliException.failed("a payment cannot be decoded: " + e.getMessage());
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
