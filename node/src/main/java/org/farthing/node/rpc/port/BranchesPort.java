package org.farthing.node.rpc.port;

import java.util.List;
import org.farthing.consensus.chain.ChainTip;
import org.farthing.consensus.chain.ChainVerification;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.validation.Verdict;

/** All branches of the chain, as their operator sees and moves them. On the node's thread. */
public interface BranchesPort {
  /** The last header of each branch. */
  List<ChainTip> tips();

  /** Takes in a header as if a trustworthy peer had sent it. */
  Verdict submit(BlockHeader header);

  /** Treats a block and all that follow it as invalid. */
  void invalidate(HeaderNode block);

  /** Forgets that a block, those before it and those after it are invalid. */
  void reconsider(HeaderNode block);

  /** Treats a block as the first seen of all with the same work. */
  void prefer(HeaderNode block);

  /**
   * Checks stored blocks again, and logs what comes of it.
   *
   * @param level 0 to 4
   * @param blocks how many from the tip downwards; 0: all
   */
  ChainVerification verify(int level, int blocks);
}
