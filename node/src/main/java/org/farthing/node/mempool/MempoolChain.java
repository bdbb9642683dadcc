package org.farthing.node.mempool;

import org.farthing.consensus.chain.CoinView;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.params.ConsensusParams;

/** What the mempool asks of the chain; on the node thread. */
public interface MempoolChain {
  ConsensusParams params();

  /** The last connected block: waiting transactions are judged for the block after it. */
  HeaderNode tip();

  /** The unspent outputs as of the tip. */
  CoinView coins();
}
