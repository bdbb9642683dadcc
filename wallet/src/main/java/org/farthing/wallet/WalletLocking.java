package org.farthing.wallet;

import java.security.SecureRandom;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;

/** The passphrase of a wallet: whether its secrets can be used, and how they lie on disk. */
public final class WalletLocking {
  private final WalletContext context;
  private final WalletState state;
  private final SecureRandom random;

  WalletLocking(WalletContext context, WalletState state, SecureRandom random) {
    this.context = context;
    this.state = state;
    this.random = random;
  }

  /**
   * @param passphrase wiped by the caller
   * @param untilSeconds seconds since 1970 from which on the wallet is locked again
   * @throws WalletException WRONG_PASSPHRASE, WRONG_ENCRYPTION_STATE
   */
  public void unlock(char[] passphrase, long untilSeconds) throws WalletException {
    context.owner().check();
    state.keyring().unlock(passphrase, untilSeconds);
  }

  /** Whether private keys cannot be used now. */
  public boolean isLocked() {
    context.owner().check();
    return state.keyring().isLocked(context.nowSeconds().getAsLong());
  }

  /**
   * @throws WalletException LOCKED where private keys cannot be used now
   */
  public void expectUnlocked() throws WalletException {
    if (isLocked()) {
      throw new WalletException(
          WalletError.LOCKED, "the wallet is locked: unlock it with its passphrase first");
    }
  }

  /** Wipes the secret from memory. */
  public void lock() {
    context.owner().check();
    state.keyring().lock();
  }

  /** Locks the wallet if its time has come; to be called at that time. */
  public void lockIfDue() {
    context.owner().check();
    state.keyring().lockIfDue(context.nowSeconds().getAsLong());
  }

  /** Encrypts a wallet that was in clear; it is locked afterwards. */
  public void encrypt(char[] passphrase) throws WalletException {
    context.owner().check();
    state.keyring().encrypt(passphrase, context.options().vaultCost(), random);
    state.rewrite();
  }

  /** Encrypts with another passphrase; the wallet is locked afterwards. */
  public void changePassphrase(char[] current, char[] replacement) throws WalletException {
    context.owner().check();
    state.keyring().changePassphrase(current, replacement, context.options().vaultCost(), random);
    state.rewrite();
  }
}
