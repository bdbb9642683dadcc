package org.farthing.node.fee;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.node.mempool.Chunk;
import org.farthing.node.mempool.FeePerWeight;
import org.farthing.node.mempool.FeeRate;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.mempool.MempoolEvent;
import org.farthing.node.mempool.MempoolEvent.RemovalReason;

/**
 * The estimators of a node, told of what happens in chain and mempool. Node thread.
 *
 * <p>Transactions that a reorganisation brings back are not followed: they came when they came. Nor
 * are those that spend others that wait: nobody knows which fee a miner took them for.
 */
public final class FeeEstimates {
  private final BlockPolicyEstimator blockPolicy;
  private final MempoolPolicyEstimator mempoolPolicy;
  private final RoomEstimator room;
  private final Surroundings node;
  private final List<MempoolEntry> confirmed = new ArrayList<>();
  private boolean reorganising;

  /**
   * What estimates need of a node.
   *
   * @param isCurrent false while the tip is old: transactions seem to wait for long then
   * @param nextBlock the chunks that a miner would put into it, in any order
   * @param least what the mempool asks for now
   * @param guesses whether there is an answer where neither estimator has one
   */
  public record Surroundings(
      Mempool mempool,
      Supplier<Boolean> isCurrent,
      Supplier<List<FeePerWeight>> nextBlock,
      Supplier<FeeRate> least,
      boolean guesses) {}

  public FeeEstimates(
      BlockPolicyEstimator blockPolicy,
      MempoolPolicyEstimator mempoolPolicy,
      RoomEstimator room,
      Surroundings node) {
    this.blockPolicy = blockPolicy;
    this.mempoolPolicy = mempoolPolicy;
    this.room = room;
    this.node = node;
  }

  /** Call it for every event, in order. */
  public void mempoolChanged(MempoolEvent event) {
    MempoolEntry entry = event.entry();
    if (event instanceof MempoolEvent.Added) {
      if (!reorganising && node.isCurrent().get() && hasNoParents(entry)) {
        blockPolicy.entered(entry);
      }
    } else if (event instanceof MempoolEvent.Removed removed) {
      if (removed.reason() == RemovalReason.BLOCK) {
        confirmed.add(entry);
      } else {
        blockPolicy.left(entry.txid());
      }
    }
  }

  private boolean hasNoParents(MempoolEntry entry) {
    return entry.transaction().inputs().stream()
        .noneMatch(input -> node.mempool().contains(input.outPoint().txid()));
  }

  /** Call it for every event, in order, after the mempool was told. */
  public void chainChanged(ChainEvent event) {
    chainChanged(event, Runnable::run);
  }

  /**
   * The same.
   *
   * @param later learns from the event, somewhat later if nobody should wait for it, in the order
   *     of events
   */
  public void chainChanged(ChainEvent event, Executor later) {
    List<MempoolEntry> known = List.copyOf(confirmed);
    confirmed.clear();
    reorganising |= event instanceof ChainEvent.Disconnected;
    later.execute(() -> learn(event, known));
  }

  private void learn(ChainEvent event, List<MempoolEntry> known) {
    room.chainChanged(event);
    if (event instanceof ChainEvent.Connected) {
      int height = event.node().height();
      blockPolicy.connected(height, known);
      mempoolPolicy.connected(height, event.block(), known);
    }
  }

  /** A run of chain events is over, and the mempool has taken back what it wants. */
  public void settled() {
    reorganising = false;
  }

  /**
   * What both agree on: the lower of two estimates. One that is not known is the answer, unless a
   * guess is wanted then.
   *
   * @param target blocks, from 1 to {@link BlockPolicyEstimator#HIGHEST_TARGET}
   */
  public FeeEstimate estimate(int target, boolean conservative) {
    return lower(source -> estimate(source, target, conservative), node.guesses());
  }

  /**
   * The same, whoever it is that estimates.
   *
   * @param estimates what each source says
   */
  public static FeeEstimate lower(Function<FeeSource, FeeEstimate> estimates, boolean guesses) {
    FeeEstimate lower = lower(estimates);
    return lower.rate().isEmpty() && guesses ? estimates.apply(FeeSource.ROOM_IN_BLOCKS) : lower;
  }

  private static FeeEstimate lower(Function<FeeSource, FeeEstimate> estimates) {
    FeeEstimate ofBlocks = estimates.apply(FeeSource.BLOCK_POLICY);
    if (ofBlocks.rate().isEmpty()) {
      return ofBlocks;
    }
    FeeEstimate ofMempool = estimates.apply(FeeSource.MEMPOOL_POLICY);
    return ofMempool.rate().isEmpty() || ofMempool.rate().get().compareTo(ofBlocks.rate().get()) < 0
        ? ofMempool
        : ofBlocks;
  }

  /** What one of them says. */
  public FeeEstimate estimate(FeeSource source, int target, boolean conservative) {
    return switch (source) {
      case BLOCK_POLICY -> blockPolicy.estimate(target, conservative);
      case MEMPOOL_POLICY ->
          mempoolPolicy.estimate(node.nextBlock().get(), conservative, node.least().get());
      case ROOM_IN_BLOCKS ->
          room.estimate(
              () -> node.mempool().chunks().stream().map(Chunk::fees).iterator(),
              target,
              conservative,
              node.least().get());
    };
  }

  public BlockPolicyEstimator blockPolicy() {
    return blockPolicy;
  }

  public MempoolPolicyEstimator mempoolPolicy() {
    return mempoolPolicy;
  }
}
