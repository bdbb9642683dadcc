package org.farthing.node.rpc.port;

import java.util.OptionalLong;

/** The deletion of old blocks. */
public interface PruningPort {
  /** False where all blocks are kept for ever. Any thread. */
  boolean isOn();

  /** What blocks and undo data may take in bytes, where the node decides itself. Any thread. */
  OptionalLong targetBytes();

  /** A chain that is not so high is not pruned. Any thread. */
  int leastHeight();

  /** Deletes blocks up to this height, as far as they may be deleted. On the node's thread. */
  void pruneTo(int height);
}
