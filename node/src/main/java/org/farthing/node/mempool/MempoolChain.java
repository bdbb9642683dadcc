package org.farthing.node.mempool;

import java.util.function.Supplier;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.CoinView;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.VerifiedScripts;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.script.ScriptFlags;

/** What the mempool asks of the chain; on the node thread. */
public interface MempoolChain {
  ConsensusParams params();

  /** The last connected block: waiting transactions are judged for the block after it. */
  HeaderNode tip();

  /** The unspent outputs as of the tip. */
  CoinView coins();

  /** The rules for scripts in the next block. */
  ScriptFlags nextBlockFlags();

  /** Transactions whose scripts were found valid: blocks need not run them again. */
  VerifiedScripts verifiedScripts();

  static MempoolChain of(ChainState chain) {
    return of(chain, chain::coins);
  }

  /** The same chain with other coins. */
  static MempoolChain of(ChainState chain, Supplier<CoinView> coins) {
    return new MempoolChain() {
      @Override
      public ConsensusParams params() {
        return chain.params();
      }

      @Override
      public HeaderNode tip() {
        return chain.snapshot().tip();
      }

      @Override
      public CoinView coins() {
        return coins.get();
      }

      @Override
      public ScriptFlags nextBlockFlags() {
        return chain.flagsAt(tip().height() + 1);
      }

      @Override
      public VerifiedScripts verifiedScripts() {
        return chain.verifiedScripts();
      }
    };
  }
}
