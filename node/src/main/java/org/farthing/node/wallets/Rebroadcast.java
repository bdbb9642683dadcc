package org.farthing.node.wallets;

import java.util.HashMap;
import java.util.Map;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.WalletContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When waiting transactions of wallets are offered to the network again: of each wallet after
 * twelve to thirty-six hours, so that nobody learns from it whose they are (as in Bitcoin Core).
 * Owned by the node's thread.
 */
final class Rebroadcast {
  private static final Logger LOG = LoggerFactory.getLogger(Rebroadcast.class);
  private static final int LEAST_SECONDS = 12 * 60 * 60;
  private static final int SPREAD_SECONDS = 24 * 60 * 60;

  private final WalletContext context;
  private final Map<Wallet, Long> dueSeconds = new HashMap<>();
  private long lastBlockSeconds;

  Rebroadcast(WalletContext context) {
    this.context = context;
  }

  void chainChanged() {
    lastBlockSeconds = now();
  }

  void opened(Wallet wallet) {
    dueSeconds.put(wallet, next());
  }

  void closed(Wallet wallet) {
    dueSeconds.remove(wallet);
  }

  /** Those wait that still read the chain: what they wait for may be in it. */
  void announceIfDue(Map<String, Wallet> wallets) {
    wallets.forEach(
        (name, wallet) -> {
          if (now() >= dueSeconds.get(wallet) && wallet.info().synchronised()) {
            dueSeconds.put(wallet, next());
            int taken = wallet.payments().announceWaiting(lastBlockSeconds);
            if (taken > 0) {
              LOG.info(
                  "[{}] ResubmitWalletTransactions: resubmit {} unconfirmed transactions",
                  name,
                  taken);
            }
          }
        });
  }

  private long next() {
    return now() + LEAST_SECONDS + context.random().nextInt(SPREAD_SECONDS);
  }

  private long now() {
    return context.nowSeconds().getAsLong();
  }
}
