package org.farthing.node.app;

import java.util.OptionalLong;
import org.farthing.node.rpc.port.PruningPort;
import org.farthing.node.sync.BlockPruning;

/** The deletion of old blocks, as RPC methods see it. */
record PruningAdapter(BlockPruning pruning) implements PruningPort {
  @Override
  public boolean isOn() {
    return pruning.isOn();
  }

  @Override
  public OptionalLong targetBytes() {
    return pruning.targetBytes();
  }

  @Override
  public int leastHeight() {
    return pruning.leastHeight();
  }

  @Override
  public void pruneTo(int height) {
    pruning.pruneTo(height);
  }
}
