package org.farthing.node.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.time.Clock;

/**
 * The one way for blocks into the chain, wherever they come from. When one has changed the tip, and
 * all events of that change are over, those who wait for a new tip are told, in their order.
 */
public final class BlockIntake {
  private final ChainState chain;
  private final Clock clock;
  private final List<Consumer<ChainSnapshot>> listeners = new ArrayList<>();

  public BlockIntake(ChainState chain, Clock clock) {
    this.chain = chain;
    this.clock = clock;
  }

  public void onTipChanged(Consumer<ChainSnapshot> listener) {
    listeners.add(listener);
  }

  public Verdict accept(Block block) {
    HeaderNode before = chain.snapshot().tip();
    Verdict verdict = chain.acceptBlock(block, clock.nowSeconds());
    ChainSnapshot after = chain.snapshot();
    if (after.tip() != before) {
      listeners.forEach(listener -> listener.accept(after));
    }
    return verdict;
  }
}
