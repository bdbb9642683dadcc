package org.farthing.node.mining;

import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.params.ConsensusParams;

/** What mining asks of the chain; on the node thread. */
public interface MiningChain {
  ConsensusParams params();

  /** The block that the next one stands on. */
  HeaderNode tip();

  /**
   * The target of the block after {@code parent} in compact form.
   *
   * @param timeSeconds of that block, seconds since 1970
   */
  int nextBits(HeaderNode parent, long timeSeconds);

  /** The least time of the block after {@code parent}, in seconds since 1970. */
  long minimumTime(HeaderNode parent);

  /** The version of the block after {@code parent}, with its signals. */
  int version(HeaderNode parent);

  static MiningChain of(ChainState chain) {
    return new MiningChain() {
      @Override
      public ConsensusParams params() {
        return chain.params();
      }

      @Override
      public HeaderNode tip() {
        return chain.snapshot().tip();
      }

      @Override
      public int nextBits(HeaderNode parent, long timeSeconds) {
        return chain.nextBits(parent, timeSeconds);
      }

      @Override
      public long minimumTime(HeaderNode parent) {
        return chain.minimumTime(parent);
      }

      @Override
      public int version(HeaderNode parent) {
        return chain.versionBits().versionAfter(parent);
      }
    };
  }
}
