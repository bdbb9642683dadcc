package org.farthing.consensus.crypto;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hides short pieces, without authentication, and changes its key now and then, so that an old key
 * cannot be found in memory: {@code FSChaCha20} of BIP-0324. For one direction; one thread.
 */
public final class ForwardSecureStream {
  /** After how many pieces, or messages, there is a new key. */
  static final int REKEY_INTERVAL = 224;

  private static final int KEY_SIZE = 32;
  private static final int NONCE_SIZE = 12;

  private Cipher cipher;
  private long pieces;

  /**
   * @param key 32 bytes
   */
  public ForwardSecureStream(byte[] key) {
    cipher = start(key, 0);
  }

  private static Cipher start(byte[] key, long epoch) {
    byte[] nonce =
        ByteBuffer.allocate(NONCE_SIZE).order(ByteOrder.LITTLE_ENDIAN).putLong(4, epoch).array();
    try {
      Cipher cipher = Cipher.getInstance("ChaCha20");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key, "ChaCha20"),
          new ChaCha20ParameterSpec(nonce, 0));
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform of 11 or later has ChaCha20", e);
    }
  }

  /** Encrypts or decrypts the next piece, which is the same. */
  public byte[] crypt(byte[] piece) {
    byte[] result = cipher.update(piece);
    pieces++;
    if (pieces % REKEY_INTERVAL == 0) {
      cipher = start(cipher.update(new byte[KEY_SIZE]), pieces / REKEY_INTERVAL);
    }
    return result;
  }
}
