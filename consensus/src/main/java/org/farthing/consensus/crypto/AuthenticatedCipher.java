package org.farthing.consensus.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * ChaCha20-Poly1305 (RFC 8439) of the JDK: nobody without the key can read or change what is
 * encrypted. A key must never meet the same nonce twice.
 */
public final class AuthenticatedCipher {
  /** The length of a key in bytes. */
  public static final int KEY_SIZE = 32;

  /** The length of a nonce in bytes. */
  public static final int NONCE_SIZE = 12;

  /** How many bytes longer the ciphertext is than the plaintext. */
  public static final int TAG_SIZE = 16;

  private AuthenticatedCipher() {}

  /**
   * @param associated is authenticated, not encrypted
   * @return the ciphertext with the tag behind it
   */
  public static byte[] encrypt(byte[] key, byte[] nonce, byte[] plaintext, byte[] associated) {
    byte[] bytes = Arrays.copyOf(plaintext, plaintext.length + TAG_SIZE);
    encryptInPlace(key, nonce, bytes, 0, associated);
    return bytes;
  }

  /**
   * Encrypts where the plaintext stands.
   *
   * @param bytes of which those between {@code from} and the last {@value #TAG_SIZE} become
   *     ciphertext, and those the tag
   * @param associated is authenticated, not encrypted
   */
  static void encryptInPlace(byte[] key, byte[] nonce, byte[] bytes, int from, byte[] associated) {
    int length = bytes.length - TAG_SIZE - from;
    try {
      cipher(Cipher.ENCRYPT_MODE, key, nonce, associated).doFinal(bytes, from, length, bytes, from);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform of 11 or later has ChaCha20-Poly1305", e);
    }
  }

  /**
   * @return the plaintext, or empty where key, nonce, associated data or ciphertext are not those
   *     of the encryption
   */
  public static Optional<byte[]> decrypt(
      byte[] key, byte[] nonce, byte[] ciphertext, byte[] associated) {
    byte[] bytes = ciphertext.clone();
    if (!decryptInPlace(key, nonce, bytes, associated)) {
      return Optional.empty();
    }
    byte[] plaintext = Arrays.copyOf(bytes, bytes.length - TAG_SIZE);
    Arrays.fill(bytes, (byte) 0);
    return Optional.of(plaintext);
  }

  /**
   * Decrypts where the ciphertext stands: the plaintext is all but the last {@value #TAG_SIZE}
   * bytes then.
   *
   * @return false, as above, with bytes that mean nothing
   */
  static boolean decryptInPlace(byte[] key, byte[] nonce, byte[] ciphertext, byte[] associated) {
    if (ciphertext.length < TAG_SIZE) {
      return false;
    }
    try {
      cipher(Cipher.DECRYPT_MODE, key, nonce, associated)
          .doFinal(ciphertext, 0, ciphertext.length, ciphertext, 0);
      return true;
    } catch (AEADBadTagException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform of 11 or later has ChaCha20-Poly1305", e);
    }
  }

  private static Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] associated)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
    cipher.init(mode, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(nonce));
    cipher.updateAAD(associated);
    return cipher;
  }
}
