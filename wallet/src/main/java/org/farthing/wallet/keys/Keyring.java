package org.farthing.wallet.keys;

import java.security.SecureRandom;
import java.util.Arrays;
import org.farthing.consensus.crypto.Scrypt;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;

/**
 * The root of a wallet's keys, in its vault: locked, or unlocked up to some time. Owned by one
 * thread. The time comes with each call; past the end of the unlocked time the secret is wiped at
 * the next call, whichever it is.
 */
public final class Keyring {
  private KeyVault vault;

  /** The seed while unlocked, else null. */
  private byte[] seed;

  private long lockAtSeconds;

  private Keyring(KeyVault vault) {
    this.vault = vault;
  }

  /** What an action does with the root key; it must not keep it. */
  @FunctionalInterface
  public interface KeyUse<T> {
    T apply(ExtendedKey master) throws WalletException;
  }

  /** A locked keyring; one that is in clear is never locked. */
  public static Keyring of(KeyVault vault) {
    return new Keyring(vault);
  }

  /** The vault as it must be stored. */
  public KeyVault vault() {
    return vault;
  }

  public boolean isEncrypted() {
    return vault.isEncrypted();
  }

  /** Whether a signature would need {@link #unlock} first. */
  public boolean isLocked(long nowSeconds) {
    lockIfDue(nowSeconds);
    return vault.isEncrypted() && seed == null;
  }

  /** Seconds since 1970 at which the keyring locks itself; 0 while locked or in clear. */
  public long lockAtSeconds(long nowSeconds) {
    lockIfDue(nowSeconds);
    return seed == null ? 0 : lockAtSeconds;
  }

  /**
   * @param untilSeconds seconds since 1970 from which on the keyring is locked again
   * @throws WalletException WRONG_PASSPHRASE, or WRONG_ENCRYPTION_STATE where there is none
   */
  public void unlock(char[] passphrase, long untilSeconds) throws WalletException {
    requireEncrypted();
    byte[] opened = vault.open(passphrase);
    lock();
    seed = opened;
    lockAtSeconds = untilSeconds;
  }

  /** Wipes the secret. */
  public void lock() {
    if (seed != null) {
      Arrays.fill(seed, (byte) 0);
      seed = null;
    }
    lockAtSeconds = 0;
  }

  /** Locks if the time has come. */
  public void lockIfDue(long nowSeconds) {
    if (seed != null && nowSeconds >= lockAtSeconds) {
      lock();
    }
  }

  /**
   * Runs an action with the root key, which is wiped afterwards.
   *
   * @throws WalletException LOCKED, or what the action throws
   */
  public <T> T use(long nowSeconds, KeyUse<T> action) throws WalletException {
    if (isLocked(nowSeconds)) {
      throw new WalletException(
          WalletError.LOCKED, "the wallet is locked: unlock it with its passphrase first");
    }
    byte[] copy = vault.isEncrypted() ? seed.clone() : vault.open(new char[0]);
    ExtendedKey master = ExtendedKey.ofSeed(copy);
    try {
      return action.apply(master);
    } finally {
      Arrays.fill(copy, (byte) 0);
      master.wipe();
    }
  }

  /**
   * Encrypts a vault that was in clear; the keyring is locked afterwards.
   *
   * @return the vault to be stored in the place of the old one, which must not stay on disk
   */
  public KeyVault encrypt(char[] passphrase, Scrypt.Cost cost, SecureRandom random)
      throws WalletException {
    if (vault.isEncrypted()) {
      throw new WalletException(
          WalletError.WRONG_ENCRYPTION_STATE,
          "the wallet is encrypted already: change its passphrase instead");
    }
    return replace(vault.open(new char[0]), passphrase, cost, random);
  }

  /**
   * Encrypts with another passphrase; the keyring is locked afterwards.
   *
   * @return the vault to be stored in the place of the old one, which must not stay on disk
   */
  public KeyVault changePassphrase(
      char[] current, char[] replacement, Scrypt.Cost cost, SecureRandom random)
      throws WalletException {
    requireEncrypted();
    return replace(vault.open(current), replacement, cost, random);
  }

  private KeyVault replace(byte[] secret, char[] passphrase, Scrypt.Cost cost, SecureRandom random)
      throws WalletException {
    try {
      vault = KeyVault.encrypt(secret, passphrase, cost, random);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
    lock();
    return vault;
  }

  private void requireEncrypted() throws WalletException {
    if (!vault.isEncrypted()) {
      throw new WalletException(
          WalletError.WRONG_ENCRYPTION_STATE,
          "the wallet is not encrypted: encrypt it with a passphrase first");
    }
  }

  /** Whether it is encrypted and locked, nothing of the secret. */
  @Override
  public String toString() {
    return vault + (seed == null ? "" : ", unlocked");
  }
}
