package org.farthing.node.sync;

import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.IntSupplier;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.Pruner;
import org.farthing.node.config.ChainConfig.Pruning;

/**
 * Deletes old blocks, as the configuration wants it: never, when somebody asks, or as soon as all
 * together take more than a target. On the node thread, but for what says otherwise.
 */
public final class BlockPruning {
  /** A chain that is shorter is never pruned, as in Bitcoin Core. */
  private static final int LEAST_HEIGHT = 1000;

  private static final int LEAST_HEIGHT_IN_SMALL_STEPS = 100;
  private static final long BYTES_PER_MIB = 1L << 20;

  private final Pruning wanted;
  private final Pruner pruner;

  /**
   * @param background for work that nobody waits for
   */
  public BlockPruning(Pruning wanted, ChainState chain, Executor background) {
    this.wanted = wanted;
    this.pruner = chain.pruner(background);
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
   * @param lastRead the height of the last block that is not needed any more
   */
  public void spareAfter(IntSupplier lastRead) {
    pruner.spareAfter(lastRead);
  }

  /** Looks whether it is time. */
  public void tipChanged(ChainSnapshot now) {
    if (now.height() > leastHeight()) {
      targetBytes().ifPresent(pruner::pruneToSize);
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
    pruner.pruneTo(height);
  }
}
