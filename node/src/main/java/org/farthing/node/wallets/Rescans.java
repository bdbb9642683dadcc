package org.farthing.node.wallets;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;

/** Which wallets read blocks that somebody waits for. Owned by the node's thread. */
final class Rescans {
  private final Map<Wallet, Rescan> running = new HashMap<>();

  Rescan begin(Wallet wallet, long nowSeconds) throws WalletException {
    expectNone(wallet);
    Rescan rescan = new Rescan(wallet, nowSeconds);
    running.put(wallet, rescan);
    return rescan;
  }

  /**
   * @throws WalletException RESCANNING
   */
  void expectNone(Wallet wallet) throws WalletException {
    if (running.containsKey(wallet)) {
      throw new WalletException(
          WalletError.RESCANNING, "Wallet is currently rescanning. Abort existing rescan or wait.");
    }
  }

  Optional<Rescan> of(Wallet wallet) {
    return Optional.ofNullable(running.get(wallet));
  }

  void end(Rescan rescan, Rescan.Outcome outcome) {
    running.remove(rescan.wallet());
    rescan.end().complete(outcome);
  }
}
