package org.farthing.node.app;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.chain.BlockStatus;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.time.Clock;

/** The chain, as RPC methods see it. */
record ChainAdapter(NodeCore core, Clock clock) implements ChainPort {
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

  @Override
  public List<Tip> tips() {
    ChainSnapshot snapshot = snapshot();
    List<Tip> tips = new ArrayList<>();
    for (HeaderNode leaf : core.chain().headers().leaves()) {
      if (leaf != snapshot.tip()) {
        tips.add(new Tip(leaf, status(leaf, snapshot)));
      }
    }
    tips.add(new Tip(snapshot.tip(), Status.ACTIVE));
    return tips;
  }

  private Status status(HeaderNode leaf, ChainSnapshot snapshot) {
    BlockStatus known = core.chain().headers().status(leaf);
    if (known.isFailed()) {
      return Status.INVALID;
    }
    if (known.wasConnected()) {
      return Status.VALID_FORK;
    }
    HeaderNode node = leaf;
    while (node != null && !snapshot.isActive(node)) {
      if (!core.chain().hasBlock(node.hash())) {
        return Status.HEADERS_ONLY;
      }
      node = node.parent();
    }
    return Status.VALID_HEADERS;
  }
}
