package org.farthing.wallet.keys;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.farthing.consensus.crypto.AuthenticatedCipher;
import org.farthing.consensus.crypto.Scrypt;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;

/**
 * The key that scrypt makes of a passphrase. To make it takes long, and can be done on any thread;
 * with it a vault is opened or sealed at once. To be wiped by whoever made it.
 */
public final class VaultKey implements AutoCloseable {
  static final int SALT_SIZE = 16;

  /** As below, with a mistake: bytes of zero at the end of a passphrase do not count. */
  static final int OLD_SCRYPT_CHACHA = 1;

  static final int SCRYPT_CHACHA = 2;

  /** Stands behind a passphrase: HMAC, and so scrypt, does not see zeros at the end (RFC 2104). */
  private static final byte END = 1;

  final int format;
  final Scrypt.Cost cost;
  final byte[] salt;

  /** The key itself. */
  final byte[] bytes;

  private VaultKey(int format, Scrypt.Cost cost, byte[] salt, byte[] bytes) {
    this.format = format;
    this.cost = cost;
    this.salt = salt;
    this.bytes = bytes;
  }

  /**
   * For vaults that are yet to be sealed.
   *
   * @param passphrase not empty; the caller wipes it
   * @throws WalletException INVALID_REQUEST for an empty passphrase
   */
  public static VaultKey fresh(char[] passphrase, Scrypt.Cost cost, SecureRandom random)
      throws WalletException {
    if (passphrase.length == 0) {
      throw new WalletException(
          WalletError.INVALID_REQUEST, "the passphrase is empty: choose one of several words");
    }
    byte[] salt = new byte[SALT_SIZE];
    random.nextBytes(salt);
    return stretch(SCRYPT_CHACHA, passphrase, salt, cost);
  }

  static VaultKey stretch(int format, char[] passphrase, byte[] salt, Scrypt.Cost cost) {
    byte[] buffer = new byte[3 * passphrase.length + 1];
    ByteBuffer encoded = ByteBuffer.wrap(buffer);
    StandardCharsets.UTF_8
        .newEncoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .encode(CharBuffer.wrap(passphrase), encoded, true);
    if (format != OLD_SCRYPT_CHACHA) {
      encoded.put(END);
    }
    byte[] password = Arrays.copyOf(buffer, encoded.position());
    Arrays.fill(buffer, (byte) 0);
    try {
      return new VaultKey(
          format, cost, salt, Scrypt.derive(password, salt, cost, AuthenticatedCipher.KEY_SIZE));
    } finally {
      Arrays.fill(password, (byte) 0);
    }
  }

  VaultKey copy() {
    return new VaultKey(format, cost, salt, bytes.clone());
  }

  /** Wipes it. */
  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }

  /** Nothing of the key. */
  @Override
  public String toString() {
    return "vault key";
  }
}
