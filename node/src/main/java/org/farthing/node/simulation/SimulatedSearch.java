package org.farthing.node.simulation;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.validation.ProofOfWork;
import org.farthing.node.mining.BlockGenerator;
import org.farthing.node.mining.BlockTemplate;
import org.farthing.node.mining.ProofOfWorkSearch;
import org.farthing.node.time.Poisson;
import org.farthing.node.time.Scheduler;

/**
 * A search that takes no computation: it waits for as long as a miner of some hash rate would have
 * searched, on the scheduler's clock and by a seed, and only then tries the few nonces that a
 * regtest target needs.
 */
public final class SimulatedSearch implements ProofOfWorkSearch {
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final double hashesPerSecond;
  private final Consumer<Block> found;
  private Scheduler.Timer timer;
  private long extraNonce;
  private long hashes;

  public SimulatedSearch(
      Scheduler scheduler, RandomGenerator random, double hashesPerSecond, Consumer<Block> found) {
    this.scheduler = scheduler;
    this.random = random;
    this.hashesPerSecond = hashesPerSecond;
    this.found = found;
    this.extraNonce = random.nextLong();
  }

  /** Searches as a miner would that makes a block in this many seconds on average, on regtest. */
  public static Factory regtest(Scheduler scheduler, RandomGenerator random, double blockSeconds) {
    return found -> new SimulatedSearch(scheduler, random, 2 / blockSeconds, found);
  }

  @Override
  public void search(BlockTemplate template) {
    stop();
    double expected = ProofOfWork.work(template.block().header().bits()).doubleValue();
    // The search has no memory: beginning again with another template loses nothing.
    double seconds = Poisson.exponential(random) * expected / hashesPerSecond;
    timer = scheduler.after(Math.round(seconds * 1000), () -> solve(template, expected));
  }

  private void solve(BlockTemplate template, double expected) {
    hashes += Math.round(expected);
    Block block = template.withExtraNonce(extraNonce++);
    found.accept(BlockGenerator.solve(block, 1L << 32).orElseThrow());
  }

  @Override
  public void stop() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  @Override
  public long hashCount() {
    return hashes;
  }

  @Override
  public void close() {
    stop();
  }
}
