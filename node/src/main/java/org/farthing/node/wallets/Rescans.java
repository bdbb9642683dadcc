package org.farthing.node.wallets;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;

/** Which wallets read blocks that somebody waits for. Owned by the node's thread. */
public final class Rescans {
  private final LongSupplier nowSeconds;
  private final Consumer<Wallet> reading;
  private final Map<Wallet, Rescan> running = new HashMap<>();

  /**
   * @param reading has a wallet read what it has not read
   */
  Rescans(LongSupplier nowSeconds, Consumer<Wallet> reading) {
    this.nowSeconds = nowSeconds;
    this.reading = reading;
  }

  /**
   * From now on nobody else makes the wallet read blocks again, until the end. To be followed by
   * {@link #run} or {@link #end}.
   *
   * @throws WalletException RESCANNING
   */
  public Rescan begin(Wallet wallet) throws WalletException {
    expectNone(wallet);
    Rescan rescan = new Rescan(wallet, nowSeconds.getAsLong());
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

  /** Has the wallet read what it has not read; that done, the rescan ends. */
  public void run(Rescan rescan) {
    reading.accept(rescan.wallet());
  }

  /** What somebody waits for that the wallet reads. */
  public Optional<Rescan> of(Wallet wallet) {
    return Optional.ofNullable(running.get(wallet));
  }

  public void end(Rescan rescan, Rescan.Outcome outcome) {
    running.remove(rescan.wallet());
    rescan.end().complete(outcome);
  }
}
