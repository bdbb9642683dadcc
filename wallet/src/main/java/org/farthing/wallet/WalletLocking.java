package org.farthing.wallet;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.ExtendedKey;
import org.farthing.wallet.keys.KeyVault;
import org.farthing.wallet.keys.Mnemonic;
import org.farthing.wallet.keys.Secrets;
import org.farthing.wallet.keys.VaultKey;

/** The passphrase of a wallet: whether its secrets can be used, and how they lie on disk. */
public final class WalletLocking {
  /** As many as a new wallet usually has. */
  private static final int NEW_WORDS = 12;

  private final WalletContext context;
  private final WalletState state;
  private final SecureRandom random;
  private final WalletHdKeys hdKeys;
  private final KeyTeacher teacher;

  WalletLocking(
      WalletContext context, WalletState state, SecureRandom random, WalletHdKeys hdKeys) {
    this.context = context;
    this.state = state;
    this.random = random;
    this.hdKeys = hdKeys;
    this.teacher = new KeyTeacher(context, state);
  }

  /** The vault as it is now: of it, on any thread, the key of a passphrase is made. */
  public KeyVault vault() {
    context.owner().check();
    return state.keyring().vault();
  }

  /**
   * While the secrets are at hand, scripts that only they can tell are derived ahead.
   *
   * @param key of the {@link #vault}; wiped by the caller
   * @param untilSeconds seconds since 1970: in the next second the wallet is locked again
   * @throws WalletException WRONG_PASSPHRASE, also if there has been another one since the key was
   *     made; WRONG_ENCRYPTION_STATE
   */
  public void unlock(VaultKey key, long untilSeconds) throws WalletException {
    context.owner().check();
    state.keyring().unlock(key, untilSeconds);
    teacher.teachAll();
  }

  /** The same for a time that begins now. */
  public void unlockFor(VaultKey key, long seconds) throws WalletException {
    unlock(key, context.nowSeconds().getAsLong() + seconds);
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

  /**
   * Encrypts a wallet that was in clear; it is locked afterwards. Copies of the file, and of what
   * was in its place on the disk, still have the old keys in clear: if the wallet has keys of its
   * own, new addresses come from new ones.
   *
   * @param key see {@link VaultKey#fresh}; wiped by the caller
   * @return the words of the new keys, which are not kept: with the old ones they bring all back
   */
  public Optional<Mnemonic> encrypt(VaultKey key) throws WalletException {
    context.owner().check();
    boolean renewed = state.kind().privateKeys() && !state.kind().blank();
    Optional<Mnemonic> words =
        renewed ? Optional.of(Mnemonic.generate(NEW_WORDS, random)) : Optional.empty();
    byte[] seed = words.map(made -> made.toSeed("")).orElse(new byte[0]);
    Optional<ExtendedKey> root = words.map(made -> ExtendedKey.ofSeed(seed));
    try {
      Secrets more = Secrets.of(root.stream().toList(), List.of());
      state.keyring().encrypt(key, more, random);
      root.ifPresent(hdKeys::renew);
      state.rewrite();
      return words;
    } finally {
      Arrays.fill(seed, (byte) 0);
      root.ifPresent(ExtendedKey::wipe);
    }
  }

  /**
   * Encrypts with another passphrase; the wallet is locked afterwards.
   *
   * @param current of the {@link #vault}; wiped by the caller, as the other one
   * @param replacement see {@link VaultKey#fresh}
   * @throws WalletException WRONG_PASSPHRASE, WRONG_ENCRYPTION_STATE
   */
  public void changePassphrase(VaultKey current, VaultKey replacement) throws WalletException {
    context.owner().check();
    state.keyring().changePassphrase(current, replacement, random);
    state.rewrite();
  }
}
