package org.farthing.consensus.fullblock;

import java.util.List;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;

/**
 * One thing that happens to a node, and what has to come of it. A {@code label} is Bitcoin Core's
 * string for the reason of a refusal, with what it ends with in that case.
 */
sealed interface Step {
  /** A step that delivers one block. */
  sealed interface Delivery extends Step {
    Block block();
  }

  /** What happens, in a few words; unique in its scenario. */
  String name();

  /** A block that keeps all rules is taken, whether it makes the best branch or not. */
  record AcceptedBlock(String name, Block block) implements Delivery {}

  /** Many blocks, each after the one before, all of which keep all rules. */
  record AcceptedBranch(String name, List<Block> blocks) implements Step {
    public AcceptedBranch {
      blocks = List.copyOf(blocks);
    }
  }

  /** A block breaks a rule in its place in the chain: it is condemned, and all after it. */
  record InvalidBlock(String name, Block block, String label) implements Delivery {}

  /**
   * A block on a branch with no more work than the tip's breaks a rule that needs its coins: it is
   * taken now, and condemned when its branch is tried.
   */
  record SleepingBlock(String name, Block block, String label) implements Delivery {}

  /** A block with nothing wrong but that a sleeping one before it wakes up, and both fall. */
  record DoomedBlock(String name, Block block) implements Delivery {}

  /** A body is wrong by itself, or not what the header commits to: the header is not blamed. */
  record RefusedBody(String name, Block block, String label) implements Delivery {}

  /** A header is refused, so that the block leaves no trace. */
  record RefusedHeader(String name, Block block, String label) implements Delivery {}

  /** The block before is not known yet: this one may come again later. */
  record OrphanBlock(String name, Block block) implements Delivery {}

  /** Bytes that are no block in its only encoding. */
  record UndecodableBlock(String name, String hex) implements Step {}

  /** The clock now stands at this time. */
  record ClockIs(String name, long nowSeconds) implements Step {}

  /** This block is the tip. */
  record ExpectedTip(String name, BlockHash hash) implements Step {}
}
