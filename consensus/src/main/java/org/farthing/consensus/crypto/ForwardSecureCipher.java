package org.farthing.consensus.crypto;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Encrypts or decrypts messages, each with a nonce of its own, and changes its key now and then:
 * {@code FSChaCha20Poly1305} of BIP-0324. For one direction; one thread.
 */
public final class ForwardSecureCipher {
  /** How many bytes longer the ciphertext is than the plaintext. */
  public static final int TAG_SIZE = AuthenticatedCipher.TAG_SIZE;

  private static final int INTERVAL = ForwardSecureStream.REKEY_INTERVAL;
  private static final byte[] NONE = {};

  private byte[] key;
  private long messages;

  /**
   * @param key 32 bytes
   */
  public ForwardSecureCipher(byte[] key) {
    this.key = key.clone();
  }

  /**
   * Encrypts the next message where it stands.
   *
   * @param bytes of which those between {@code from} and the last {@value #TAG_SIZE}, the message,
   *     become ciphertext, and those the tag
   * @param associated is authenticated, not encrypted
   */
  public void encrypt(byte[] bytes, int from, byte[] associated) {
    AuthenticatedCipher.encryptInPlace(key, nonce(), bytes, from, associated);
    next();
  }

  /**
   * Decrypts the next message where it stands: it is all but the last {@value #TAG_SIZE} bytes
   * then.
   *
   * @return false where the message or the associated data are not those that were encrypted;
   *     nothing that comes later can be decrypted then
   */
  public boolean decrypt(byte[] ciphertext, byte[] associated) {
    boolean genuine = AuthenticatedCipher.decryptInPlace(key, nonce(), ciphertext, associated);
    next();
    return genuine;
  }

  private byte[] nonce() {
    return nonce((int) (messages % INTERVAL));
  }

  private byte[] nonce(int number) {
    return ByteBuffer.allocate(AuthenticatedCipher.NONCE_SIZE)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(number)
        .putLong(messages / INTERVAL)
        .array();
  }

  private void next() {
    if ((messages + 1) % INTERVAL == 0) {
      byte[] zeros = new byte[AuthenticatedCipher.KEY_SIZE];
      byte[] fresh = AuthenticatedCipher.encrypt(key, nonce(-1), zeros, NONE);
      Arrays.fill(key, (byte) 0);
      key = Arrays.copyOf(fresh, AuthenticatedCipher.KEY_SIZE);
    }
    messages++;
  }
}
