package org.farthing.wallet;

import java.security.SecureRandom;
import java.util.Arrays;
import org.farthing.consensus.crypto.Scrypt;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.KeyVault;

/** How the secret of a new wallet lies on disk: encrypted, unless the owner asks for less. */
public final class Protection {
  private final char[] passphrase;

  private Protection(char[] passphrase) {
    this.passphrase = passphrase;
  }

  /** Encrypted with a passphrase, which is copied, and wiped when the wallet has been made. */
  public static Protection passphrase(char[] passphrase) {
    return new Protection(passphrase.clone());
  }

  /** In clear: whoever reads the file can spend the coins. */
  public static Protection none() {
    return new Protection(null);
  }

  KeyVault seal(byte[] secret, Scrypt.Cost cost, SecureRandom random) throws WalletException {
    if (passphrase == null) {
      return KeyVault.unencrypted(secret);
    }
    try {
      return KeyVault.encrypt(secret, passphrase, cost, random);
    } finally {
      Arrays.fill(passphrase, '\0');
    }
  }

  /** Never the passphrase. */
  @Override
  public String toString() {
    return passphrase == null ? "no encryption" : "a passphrase";
  }
}
