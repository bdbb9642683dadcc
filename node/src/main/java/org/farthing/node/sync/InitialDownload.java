package org.farthing.node.sync;

import java.math.BigInteger;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;

/**
 * Whether the node still catches up with its network. Bitcoin's rule: once the tip is younger than
 * a day, and has the work that is expected of the chain, the node has caught up, and stays so. It
 * holds back what only makes sense at the tip (asking for transactions). It holds back neither
 * mining nor the exchange of headers and blocks, so that a network that begins at its genesis, or
 * wakes after a week, does not wait for itself: its next block ends the initial download of all.
 */
public final class InitialDownload {
  /** Bitcoin Core's default for {@code -maxtipage}. */
  public static final long MAX_TIP_AGE_SECONDS = 24 * 60 * 60;

  private final BigInteger minimumChainWork;
  private final long maxTipAgeSeconds;
  private volatile boolean over;

  /**
   * @param minimumChainWork the tip must have it
   * @param maxTipAgeSeconds the tip must be younger
   */
  public InitialDownload(BigInteger minimumChainWork, long maxTipAgeSeconds) {
    this.minimumChainWork = minimumChainWork;
    this.maxTipAgeSeconds = maxTipAgeSeconds;
  }

  /** To be called when the tip has changed, and at the start. */
  public void update(ChainSnapshot chain, long nowSeconds) {
    HeaderNode tip = chain.tip();
    over |=
        tip.chainWork().compareTo(minimumChainWork) >= 0
            && tip.header().timeSeconds() >= nowSeconds - maxTipAgeSeconds;
  }

  /** Whether it is running is again what it was. */
  public void restore(boolean running) {
    over = !running;
  }

  /** Any thread may ask. */
  public boolean isRunning() {
    return !over;
  }
}
