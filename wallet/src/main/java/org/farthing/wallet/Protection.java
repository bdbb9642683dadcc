package org.farthing.wallet;

import java.security.SecureRandom;
import org.farthing.wallet.keys.KeyVault;
import org.farthing.wallet.keys.VaultKey;

/** How the secret of a new wallet lies on disk: encrypted, unless the owner asks for less. */
public final class Protection {
  private final VaultKey key;

  private Protection(VaultKey key) {
    this.key = key;
  }

  /**
   * Encrypted with a passphrase.
   *
   * @param key of it, see {@link VaultKey#fresh}; wiped when the wallet has been made
   */
  public static Protection of(VaultKey key) {
    return new Protection(key);
  }

  /** In clear: whoever reads the file can spend the coins. */
  public static Protection none() {
    return new Protection(null);
  }

  KeyVault seal(byte[] secret, SecureRandom random) {
    if (key == null) {
      return KeyVault.unencrypted(secret);
    }
    try (key) {
      return KeyVault.encrypt(secret, key, random);
    }
  }

  /** Never the passphrase. */
  @Override
  public String toString() {
    return key == null ? "no encryption" : "a passphrase";
  }
}
