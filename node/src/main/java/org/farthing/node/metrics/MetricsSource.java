package org.farthing.node.metrics;

import java.util.Optional;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.node.mempool.MempoolSnapshot;

/** A node, as those see it who watch it. All methods are for any thread. */
public interface MetricsSource {
  NodeProgress progress();

  /** Empty until the chain is open. */
  Optional<ChainSnapshot> chain();

  /** Empty until the chain is open. */
  Optional<MempoolSnapshot> mempool();

  NodeFigures figures();

  /** How late the node's thread is, in seconds. */
  double lagSeconds();

  long uptimeSeconds();
}
