package org.farthing.node.cli.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.node.mining.HashSearch;

/** Block hashes that one mining thread makes in a second of its CPU time. */
final class HashBenchmark implements Benchmark {
  private static final String AIM = "> 7";
  private static final double MILLION = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long BATCH = 100_000;
  private static final int WARM_UP_BATCHES = 100;

  /** The hardest that Bitcoin's genesis had: nothing is found in a few seconds. */
  private static final int HARD_BITS = 0x1d00ffff;

  private final int runs;

  HashBenchmark(int runs) {
    this.runs = runs;
  }

  @Override
  public String name() {
    return "hash";
  }

  @Override
  public List<Figure> run(Bench bench) {
    LongSupplier cpuNanos = cpuClock();
    HashSearch search = newSearch();
    for (int batch = 0; batch < WARM_UP_BATCHES; batch++) {
      search.search(BATCH);
    }
    List<Double> samples = new ArrayList<>();
    for (int run = 1; run <= runs; run++) {
      bench.say("hashing " + run + " of " + runs);
      samples.add(hashesPerSecond(cpuNanos) / MILLION);
    }
    return List.of(Figure.of("hashes per CPU second, 1 thread", "million", samples).aim(AIM));
  }

  private static double hashesPerSecond(LongSupplier cpuNanos) {
    HashSearch search = newSearch();
    long begin = cpuNanos.getAsLong();
    long nanos;
    do {
      search.search(BATCH);
      nanos = cpuNanos.getAsLong() - begin;
    } while (nanos < NANOS_PER_SECOND);
    return search.nextNonce() * NANOS_PER_SECOND / nanos;
  }

  private static HashSearch newSearch() {
    BlockHeader genesis = ConsensusParams.regtest().genesis().header();
    return new HashSearch(
        new BlockHeader(
            genesis.version(),
            genesis.previous(),
            genesis.merkleRoot(),
            genesis.timeSeconds(),
            HARD_BITS,
            0));
  }

  private static LongSupplier cpuClock() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return threads.isCurrentThreadCpuTimeSupported()
        ? threads::getCurrentThreadCpuTime
        : System::nanoTime;
  }
}
