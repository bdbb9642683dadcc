package org.farthing.wallet;

import java.security.SecureRandom;
import org.farthing.consensus.crypto.Scrypt;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.VaultKey;

/** What an owner does with passphrases, at a cost that tests can pay. */
final class Passphrases {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Passphrases() {}

  static VaultKey fresh(String passphrase) throws WalletException {
    return VaultKey.fresh(passphrase.toCharArray(), new Scrypt.Cost(4, 8, 1), RANDOM);
  }

  static Protection protection(String passphrase) throws WalletException {
    return Protection.of(fresh(passphrase));
  }

  static void unlock(Wallet wallet, String passphrase) throws WalletException {
    unlock(wallet, passphrase, Long.MAX_VALUE);
  }

  static void unlock(Wallet wallet, String passphrase, long untilSeconds) throws WalletException {
    try (VaultKey key = wallet.locking().vault().key(passphrase.toCharArray())) {
      wallet.locking().unlock(key, untilSeconds);
    }
  }

  static void change(Wallet wallet, String present, String next) throws WalletException {
    wallet
        .locking()
        .changePassphrase(wallet.locking().vault().key(present.toCharArray()), fresh(next));
  }
}
