package org.farthing.node.sync;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.IntSupplier;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.Pruner;
import org.farthing.node.config.ChainConfig.Pruning;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes old blocks, as the configuration wants it: never, when somebody asks, or as soon as all
 * together take more than a target. On the node thread, but for what says otherwise.
 */
public final class BlockPruning {
  private static final Logger LOG = LoggerFactory.getLogger(BlockPruning.class);

  /** A chain that is shorter is never pruned, as in Bitcoin Core. */
  private static final int LEAST_HEIGHT = 1000;

  private static final int LEAST_HEIGHT_IN_SMALL_STEPS = 100;
  private static final long BYTES_PER_MIB = 1L << 20;

  /** The size of Bitcoin Core's files with {@code -fastprune}. */
  private static final long SMALL_STEP_BYTES = 1 << 16;

  private final Pruning wanted;
  private final ChainState chain;
  private final Pruner pruner;
  private final Map<String, IntSupplier> locks = new LinkedHashMap<>();

  /**
   * @param background for work that nobody waits for
   */
  public BlockPruning(Pruning wanted, ChainState chain, Executor background) {
    this.wanted = wanted;
    this.chain = chain;
    this.pruner = chain.pruner(background);
    if (wanted.inSmallSteps()) {
      pruner.inGroupsOf(SMALL_STEP_BYTES);
    }
  }

  /** False where all blocks are kept for ever. Any thread. */
  public boolean isOn() {
    return wanted.mode() != Pruning.Mode.OFF;
  }

  /** What the blocks may take, where the node decides. Any thread. */
  public OptionalLong targetBytes() {
    return wanted.mode() == Pruning.Mode.AUTOMATIC
        ? OptionalLong.of(wanted.targetMiB() * BYTES_PER_MIB)
        : OptionalLong.empty();
  }

  /** The chain is pruned from this height on. Any thread. */
  public int leastHeight() {
    return wanted.inSmallSteps() ? LEAST_HEIGHT_IN_SMALL_STEPS : LEAST_HEIGHT;
  }

  /**
   * Spares the blocks that somebody has not read yet.
   *
   * @param name who that is, for the log
   * @param lastRead the height of the last block that is not needed any more
   */
  public void spareAfter(String name, IntSupplier lastRead) {
    locks.put(name, lastRead);
    pruner.spareAfter(lastRead);
  }

  /** Looks whether it is time. */
  public void tipChanged(ChainSnapshot now) {
    if (now.height() > leastHeight()) {
      targetBytes()
          .ifPresent(
              bytes -> {
                logLimit();
                pruner.pruneToSize(bytes);
              });
    }
  }

  /**
   * Deletes blocks up to this height, as far as they may be deleted.
   *
   * @throws IllegalStateException if all blocks are to be kept
   */
  public void pruneTo(int height) {
    if (!isOn()) {
      throw new IllegalStateException("not in prune mode");
    }
    logLimit();
    pruner.pruneTo(height);
  }

  /** Who is behind the others, if anybody is. */
  private void logLimit() {
    int limit = chain.snapshot().height() + 1;
    String limiting = "";
    for (Map.Entry<String, IntSupplier> lock : locks.entrySet()) {
      int height = lock.getValue().getAsInt();
      limiting = height < limit ? lock.getKey() : limiting;
      limit = Math.min(limit, height);
    }
    if (!limiting.isEmpty()) {
      LOG.debug("{} limited pruning to height {}", limiting, limit);
    }
  }
}
