package org.farthing.consensus.chain;

import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.KnownChain;

/**
 * A guess which part of the network's chain has been verified, measured in transactions, since they
 * and not the blocks take the time. Where nothing is known of the network's transactions, it is
 * measured in the headers that are known.
 */
public final class SyncProgress {
  /** The times that miners claim can be wrong by so much. */
  private static final long TIME_WINDOW_SECONDS = 2 * 60 * 60;

  private SyncProgress() {}

  /**
   * From 0 to 1, for the active chain.
   *
   * @param nowSeconds the clock, in seconds since 1970
   */
  public static double of(ChainSnapshot chain, ConsensusParams params, long nowSeconds) {
    return params
        .known()
        .growth()
        .map(growth -> ofTransactions(chain, growth, params, nowSeconds))
        .orElseGet(() -> ofHeaders(chain));
  }

  private static double ofHeaders(ChainSnapshot chain) {
    int headers = chain.bestHeader().height();
    return chain.height() >= headers ? 1 : (double) chain.height() / headers;
  }

  private static double ofTransactions(
      ChainSnapshot chain, KnownChain.Growth growth, ConsensusParams params, long nowSeconds) {
    long here = chain.chain().chainTransactions(chain.tip());
    double all;
    if (here <= growth.transactions()) {
      all = (double) growth.transactions() + (nowSeconds - growth.atSeconds()) * growth.perSecond();
    } else {
      long tipSeconds = tipSeconds(chain, params.difficulty().spacingSeconds(), nowSeconds);
      all = here + (nowSeconds - tipSeconds) * growth.perSecond();
    }
    // A clock that is wrong does not make the chain shorter than what is here.
    return here / Math.max(all, (double) here);
  }

  /**
   * When the tip was made: of a recent one by the number of the headers after it, since the miner's
   * claim is not exact, and a chain that is there as a whole is to give exactly 1.
   */
  private static long tipSeconds(ChainSnapshot chain, int spacingSeconds, long nowSeconds) {
    long claimed = chain.tip().header().timeSeconds();
    int ahead = chain.bestHeader().height() - chain.height();
    boolean isRecent = Math.abs(nowSeconds - claimed) <= TIME_WINDOW_SECONDS && ahead >= 0;
    return isRecent ? nowSeconds - (long) ahead * spacingSeconds : claimed;
  }
}
