package org.farthing.node.app;

import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.SyncProgress;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.time.Clock;

/** The chain, as RPC methods see it. */
record ChainAdapter(NodeCore core, Clock clock, CatchUpPace pace, TipWaiters waiters)
    implements ChainPort {
  @Override
  public ConsensusParams params() {
    return core.chain().params();
  }

  @Override
  public ChainSnapshot snapshot() {
    return core.chain().snapshot();
  }

  @Override
  public boolean isInitialDownload() {
    return core.gossip().initialDownload().isRunning();
  }

  @Override
  public double progress() {
    return SyncProgress.of(snapshot(), params(), clock.nowSeconds());
  }

  @Override
  public OptionalLong secondsLeft() {
    return pace.secondsLeft();
  }

  @Override
  public CompletableFuture<HeaderNode> awaitTip(
      Predicate<HeaderNode> wanted, OptionalLong timeoutMillis) {
    return waiters.await(wanted, timeoutMillis);
  }

  @Override
  public Verdict submit(Block block) {
    return core.intake().accept(block);
  }

  @Override
  public Verdict test(Block block) {
    return core.chain().testBlock(block, clock.nowSeconds());
  }

  @Override
  public int nextBits() {
    return core.chain().nextBits(snapshot().tip(), clock.nowSeconds());
  }
}
