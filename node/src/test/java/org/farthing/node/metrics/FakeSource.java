package org.farthing.node.metrics;

import java.util.Optional;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.node.mempool.MempoolSnapshot;

/** A node as it is said to be. */
public final class FakeSource implements MetricsSource {
  private final Optional<ChainSnapshot> chain;
  private final Optional<MempoolSnapshot> mempool;
  private volatile NodeProgress progress;
  private volatile double lagSeconds;

  public FakeSource(
      Optional<ChainSnapshot> chain, Optional<MempoolSnapshot> mempool, NodeProgress progress) {
    this.chain = chain;
    this.mempool = mempool;
    this.progress = progress;
  }

  public void progress(NodeProgress now) {
    progress = now;
  }

  public void lagSeconds(double now) {
    lagSeconds = now;
  }

  @Override
  public NodeProgress progress() {
    return progress;
  }

  @Override
  public Optional<ChainSnapshot> chain() {
    return chain;
  }

  @Override
  public Optional<MempoolSnapshot> mempool() {
    return mempool;
  }

  @Override
  public NodeFigures figures() {
    return NodeFigures.NONE;
  }

  @Override
  public double lagSeconds() {
    return lagSeconds;
  }

  @Override
  public long uptimeSeconds() {
    return 7;
  }
}
