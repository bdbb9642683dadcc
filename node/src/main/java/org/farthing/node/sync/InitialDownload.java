package org.farthing.node.sync;

import org.farthing.consensus.chain.ChainSnapshot;

/**
 * Whether the node still catches up with its network. Bitcoin's rule: once the tip is younger than
 * a day the node has caught up, and stays so. It holds back what only makes sense at the tip
 * (asking for transactions). It holds back neither mining nor the exchange of headers and blocks,
 * so that a network that begins at its genesis, or wakes after a week, does not wait for itself:
 * its next block ends the initial download of all.
 */
public final class InitialDownload {
  /** Bitcoin Core's {@code -maxtipage}. */
  static final long MAX_TIP_AGE_SECONDS = 24 * 60 * 60;

  private volatile boolean over;

  /** To be called when the tip has changed, and at the start. */
  public void update(ChainSnapshot chain, long nowSeconds) {
    if (!over && chain.tip().header().timeSeconds() > nowSeconds - MAX_TIP_AGE_SECONDS) {
      over = true;
    }
  }

  /** Any thread may ask. */
  public boolean isRunning() {
    return !over;
  }
}
