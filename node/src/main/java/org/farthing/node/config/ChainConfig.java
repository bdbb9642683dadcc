package org.farthing.node.config;

import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.farthing.consensus.primitives.BlockHash;

/**
 * How the chain is validated and kept. What is empty is the network's own choice.
 *
 * @param minimumChainWork a chain with less is not the one that everybody uses
 * @param assumeValid scripts of this block and its ancestors are not run; all zero: no such block
 * @param maxTipAgeSeconds a tip that is older is not the end of the initial download
 * @param stopAtHeight the node stops when its chain has grown so high
 */
public record ChainConfig(
    Optional<BigInteger> minimumChainWork,
    Optional<BlockHash> assumeValid,
    OptionalLong maxTipAgeSeconds,
    Pruning pruning,
    Rebuild rebuild,
    StartCheck startCheck,
    IndexConfig indexes,
    OptionalInt stopAtHeight) {

  /**
   * Which blocks are deleted again.
   *
   * @param mode whether, and who decides
   * @param targetMiB for {@link Mode#AUTOMATIC}: what blocks and undo data may take
   * @param inSmallSteps for tests ({@code -fastprune})
   */
  public record Pruning(Mode mode, long targetMiB, boolean inSmallSteps) {
    /** Who decides. */
    public enum Mode {
      OFF,
      /** The method {@code pruneblockchain}. */
      BY_RPC,
      /** The node, by the target. */
      AUTOMATIC
    }
  }

  /** What is made anew from the stored blocks at the start. */
  public enum Rebuild {
    NOTHING,
    /** The set of coins ({@code -reindex-chainstate}). */
    COINS,
    /** Everything ({@code -reindex}). */
    LEDGER
  }

  /**
   * How the last blocks are checked at the start.
   *
   * @param blocks how many; 0 for all; empty: as usual
   * @param level 0 to 4; empty: as usual
   */
  public record StartCheck(OptionalInt blocks, OptionalInt level) {}
}
