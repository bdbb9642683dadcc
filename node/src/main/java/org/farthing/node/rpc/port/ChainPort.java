package org.farthing.node.rpc.port;

import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.validation.Verdict;

/** The chain, as programs see and extend it. */
public interface ChainPort {
  ConsensusParams params();

  /** Any thread. */
  ChainSnapshot snapshot();

  /** True until the node has caught up with its network once. Any thread. */
  boolean isInitialDownload();

  /**
   * Takes in a block as if a peer had sent it, and passes it on if it becomes the tip. On the
   * node's thread.
   */
  Verdict submit(Block block);

  /** All checks but proof of work, of a block on top of the tip; changes nothing. Node's thread. */
  Verdict test(Block block);

  /** The compact target of a block made now. On the node's thread. */
  int nextBits();
}
