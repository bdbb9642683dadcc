package org.farthing.wallet.keys;

import java.security.SecureRandom;
import java.util.Arrays;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;

/**
 * The secrets of a wallet, in their vault: locked, or unlocked up to some time. Owned by one
 * thread. The time comes with each call; past the end of the unlocked time the secrets are wiped at
 * the next call, whichever it is.
 */
public final class Keyring {
  private KeyVault vault;

  /** What the vault holds while unlocked, else null. */
  private byte[] opened;

  /** The key that the vault was opened with, else null. */
  private VaultKey vaultKey;

  private long lockAtSeconds;

  private Keyring(KeyVault vault) {
    this.vault = vault;
  }

  /** What an action does with the secrets; it must not keep them. */
  @FunctionalInterface
  public interface SecretUse<T> {
    T apply(Secrets secrets) throws WalletException;
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
    return vault.isEncrypted() && opened == null;
  }

  /** The last second since 1970 before the keyring locks itself; 0 while locked or in clear. */
  public long lockAtSeconds(long nowSeconds) {
    lockIfDue(nowSeconds);
    return opened == null ? 0 : lockAtSeconds;
  }

  /**
   * @param key see {@link KeyVault#key}; the caller wipes it
   * @param untilSeconds seconds since 1970: in the next second the keyring is locked again, so that
   *     nobody has less time than was asked for
   * @throws WalletException WRONG_PASSPHRASE, or WRONG_ENCRYPTION_STATE where there is none
   */
  public void unlock(VaultKey key, long untilSeconds) throws WalletException {
    requireEncrypted();
    byte[] content = vault.open(key);
    lock();
    opened = content;
    vaultKey = key.copy();
    lockAtSeconds = untilSeconds;
  }

  /** Wipes the secrets. */
  public void lock() {
    if (opened != null) {
      Arrays.fill(opened, (byte) 0);
      vaultKey.close();
      opened = null;
      vaultKey = null;
    }
    lockAtSeconds = 0;
  }

  /** Locks if the time has come. */
  public void lockIfDue(long nowSeconds) {
    if (opened != null && nowSeconds > lockAtSeconds) {
      lock();
    }
  }

  /**
   * Runs an action with the secrets, which are wiped afterwards.
   *
   * @throws WalletException LOCKED, or what the action throws
   */
  public <T> T use(long nowSeconds, SecretUse<T> action) throws WalletException {
    requireUnlocked(nowSeconds);
    byte[] copy = content();
    Secrets secrets = decode(copy);
    try {
      return action.apply(secrets);
    } finally {
      Arrays.fill(copy, (byte) 0);
      secrets.wipe();
    }
  }

  /**
   * Adds secrets to the vault, under the same passphrase.
   *
   * @return the vault to be stored in the place of the old one
   * @throws WalletException LOCKED
   */
  public KeyVault add(long nowSeconds, Secrets more, SecureRandom random) throws WalletException {
    requireUnlocked(nowSeconds);
    byte[] before = content();
    Secrets present = decode(before);
    byte[] content = present.with(more).encode();
    Arrays.fill(before, (byte) 0);
    present.wipe();
    vault =
        vault.isEncrypted()
            ? KeyVault.encrypt(content, vaultKey, random)
            : KeyVault.unencrypted(content);
    if (opened == null) {
      Arrays.fill(content, (byte) 0);
    } else {
      Arrays.fill(opened, (byte) 0);
      opened = content;
    }
    return vault;
  }

  private byte[] content() throws WalletException {
    return vault.isEncrypted() ? opened.clone() : vault.content();
  }

  private static Secrets decode(byte[] content) throws WalletException {
    try {
      return Secrets.decode(content);
    } catch (DecodeException e) {
      throw new WalletException(
          WalletError.UNREADABLE_WALLET,
          "the wallet has secrets that this version of Farthing cannot read: open it with the"
              + " version that wrote it");
    }
  }

  private void requireUnlocked(long nowSeconds) throws WalletException {
    if (isLocked(nowSeconds)) {
      throw new WalletException(
          WalletError.LOCKED, "the wallet is locked: unlock it with its passphrase first");
    }
  }

  /**
   * Encrypts a vault that was in clear; the keyring is locked afterwards.
   *
   * @param key of a new passphrase; the caller wipes it
   * @param more secrets that are added to it
   * @return the vault to be stored in the place of the old one, which must not stay on disk
   */
  public KeyVault encrypt(VaultKey key, Secrets more, SecureRandom random) throws WalletException {
    if (vault.isEncrypted()) {
      throw new WalletException(
          WalletError.WRONG_ENCRYPTION_STATE,
          "the wallet is encrypted already: change its passphrase instead");
    }
    byte[] clear = vault.content();
    Secrets present = decode(clear);
    try {
      return replace(present.with(more).encode(), key, random);
    } finally {
      Arrays.fill(clear, (byte) 0);
      present.wipe();
    }
  }

  /**
   * Encrypts with another passphrase; the keyring is locked afterwards.
   *
   * @param current the key of the present vault; the caller wipes both
   * @param replacement of a new passphrase
   * @return the vault to be stored in the place of the old one, which must not stay on disk
   */
  public KeyVault changePassphrase(VaultKey current, VaultKey replacement, SecureRandom random)
      throws WalletException {
    requireEncrypted();
    return replace(vault.open(current), replacement, random);
  }

  private KeyVault replace(byte[] secret, VaultKey key, SecureRandom random) {
    try {
      vault = KeyVault.encrypt(secret, key, random);
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

  /** Whether it is encrypted and locked, nothing of the secrets. */
  @Override
  public String toString() {
    return vault + (opened == null ? "" : ", unlocked");
  }
}
