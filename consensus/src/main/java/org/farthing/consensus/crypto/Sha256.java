package org.farthing.consensus.crypto;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Consumer;
import org.farthing.consensus.bytes.ByteWriter;

/** SHA-256 of the JDK (it uses the CPU's instructions), once and twice. */
public final class Sha256 {
  /** The length of a hash in bytes. */
  public static final int SIZE = 32;

  /** Never fed: a copy of it takes no search among the JDK's providers. */
  private static final MessageDigest FRESH = fresh();

  private static final ThreadLocal<MessageDigest> DIGEST =
      ThreadLocal.withInitial(Sha256::newDigest);

  private Sha256() {}

  /** A digest of its own for incremental use; it can be cloned to keep a midstate. */
  public static MessageDigest newDigest() {
    return copy(FRESH);
  }

  private static MessageDigest fresh() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** Another digest with the same state. */
  public static MessageDigest copy(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("the JDK's SHA-256 can be cloned", e);
    }
  }

  public static byte[] hash(byte[] data) {
    return DIGEST.get().digest(data);
  }

  /** The hash of what was written. */
  public static byte[] hash(ByteWriter written) {
    MessageDigest digest = DIGEST.get();
    written.feed(digest);
    return digest.digest();
  }

  /** SHA-256 of SHA-256, Bitcoin's hash of transactions and blocks. */
  public static byte[] doubleHash(byte[] data) {
    return doubleHash(data, 0, data.length);
  }

  public static byte[] doubleHash(byte[] data, int offset, int length) {
    MessageDigest digest = DIGEST.get();
    digest.update(data, offset, length);
    return finishDouble(digest);
  }

  /** The double hash of what was written. */
  public static byte[] doubleHash(ByteWriter written) {
    return doubleHash(written::feed);
  }

  /**
   * The double hash of data in several parts.
   *
   * @param parts feeds the digest, and nothing else
   */
  public static byte[] doubleHash(Consumer<MessageDigest> parts) {
    MessageDigest digest = DIGEST.get();
    parts.accept(digest);
    return finishDouble(digest);
  }

  /** The double hash of a part of an array, written to another place in it or in another array. */
  public static void doubleHash(byte[] data, int offset, int length, byte[] target, int place) {
    MessageDigest digest = DIGEST.get();
    digest.update(data, offset, length);
    finishDouble(digest, target, place);
  }

  /** Ends a digest that was fed with data, and hashes its result again. */
  public static byte[] finishDouble(MessageDigest digest) {
    byte[] hash = new byte[SIZE];
    finishDouble(digest, hash, 0);
    return hash;
  }

  private static void finishDouble(MessageDigest digest, byte[] target, int place) {
    try {
      digest.digest(target, place, SIZE);
      digest.update(target, place, SIZE);
      digest.digest(target, place, SIZE);
    } catch (DigestException e) {
      throw new AssertionError("the array holds a hash", e);
    }
  }
}
