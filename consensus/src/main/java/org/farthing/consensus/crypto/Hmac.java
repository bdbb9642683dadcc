package org.farthing.consensus.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * HMAC (RFC 2104) with SHA-256 and SHA-512 of the JDK. Keys may have any length, also none.
 *
 * <p>An object holds what the key has made of the two digests, for those who hash much with one.
 */
public final class Hmac {
  private static final byte INNER = 0x36;
  private static final byte OUTER = 0x5c;
  private static final int SHA256_BLOCK = 64;
  private static final int SHA512_BLOCK = 128;

  private final MessageDigest inner;
  private final MessageDigest outer;

  private Hmac(MessageDigest digest, int blockSize, byte[] key) {
    byte[] block = Arrays.copyOf(key.length > blockSize ? digest.digest(key) : key, blockSize);
    inner = keyed(digest, block, INNER);
    outer = keyed(digest, block, OUTER);
    Arrays.fill(block, (byte) 0);
  }

  private static MessageDigest keyed(MessageDigest digest, byte[] block, byte pad) {
    byte[] padded = new byte[block.length];
    for (int i = 0; i < block.length; i++) {
      padded[i] = (byte) (block[i] ^ pad);
    }
    MessageDigest keyed = Sha256.copy(digest);
    keyed.update(padded);
    return keyed;
  }

  /** For codes of 64 bytes with one key. */
  static Hmac withSha512(byte[] key) {
    try {
      return new Hmac(MessageDigest.getInstance("SHA-512"), SHA512_BLOCK, key);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("the JDK has SHA-512", e);
    }
  }

  /** The code of 32 bytes. */
  public static byte[] sha256(byte[] key, byte[] data) {
    return new Hmac(Sha256.newDigest(), SHA256_BLOCK, key).code(data);
  }

  /** The code of 64 bytes. */
  public static byte[] sha512(byte[] key, byte[] data) {
    return withSha512(key).code(data);
  }

  byte[] code(byte[] data) {
    MessageDigest first = Sha256.copy(inner);
    byte[] digest = first.digest(data);
    MessageDigest second = Sha256.copy(outer);
    byte[] code = second.digest(digest);
    // A digest of the JDK keeps what it was given last, and what it made of it, until then.
    first.reset();
    second.reset();
    return code;
  }
}
