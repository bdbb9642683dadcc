package org.farthing.node.rpc.method.wallet;

import java.security.SecureRandom;
import org.farthing.consensus.crypto.Scrypt;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.KeyVault;
import org.farthing.wallet.keys.VaultKey;

/**
 * Keys of passphrases. To make one takes a large part of a second, and is done on the caller's
 * thread, so that the node goes on meanwhile.
 */
final class Passphrases {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Passphrases() {}

  /** The key of a vault, if the passphrase is right. */
  static VaultKey key(KeyVault vault, char[] passphrase) {
    try {
      return vault.key(passphrase);
    } catch (WalletException e) {
      throw WalletErrors.answer(e);
    }
  }

  /** The key of a vault that is yet to be sealed. */
  static VaultKey fresh(char[] passphrase, Scrypt.Cost cost) {
    try {
      return VaultKey.fresh(passphrase, cost, RANDOM);
    } catch (WalletException e) {
      throw WalletErrors.answer(e);
    }
  }
}
