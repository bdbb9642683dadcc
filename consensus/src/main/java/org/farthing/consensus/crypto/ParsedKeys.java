package org.farthing.consensus.crypto;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.UnaryOperator;

/**
 * Public keys that were met more than once, with both coordinates: to find the second one is a
 * square root, which is a ninth of the check of a signature. Any thread.
 *
 * <p>A key has one place, which is its own only until another one takes it. One that is met for the
 * first time leaves no more than a mark there, so that keys which are never used again cost nothing
 * and push nobody out.
 */
final class ParsedKeys {
  /** A power of two; all together take 2.8 MB at most. */
  private static final int PLACES = 1 << 15;

  private final UnaryOperator<byte[]> parser;
  private final AtomicReferenceArray<byte[]> keys = new AtomicReferenceArray<>(PLACES);

  /** Hash codes of the keys met last; threads may overwrite each other's. */
  private final int[] marks = new int[PLACES];

  /**
   * @param parser makes 65 bytes of a key, or throws {@link IllegalArgumentException} where it is
   *     none
   */
  ParsedKeys(UnaryOperator<byte[]> parser) {
    this.parser = parser;
  }

  /**
   * The same key in the form that is checked fastest: 65 bytes where they are known, or can be
   * known from now on; not to be changed.
   *
   * @param key of the form of a key, which need not be one
   */
  byte[] quickest(byte[] key) {
    if (key.length != Secp256k1.COMPRESSED_SIZE) {
      return key;
    }
    int hash = Arrays.hashCode(key);
    int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
    byte[] known = keys.getAcquire(place);
    if (known != null && isSame(known, key)) {
      return known;
    }
    if (marks[place] != hash) {
      marks[place] = hash;
      return key;
    }
    return parse(key, place);
  }

  private byte[] parse(byte[] key, int place) {
    try {
      byte[] parsed = parser.apply(key);
      keys.setRelease(place, parsed);
      return parsed;
    } catch (IllegalArgumentException e) {
      // No point of the curve: whoever checks a signature finds that out too.
      return key;
    }
  }

  private static boolean isSame(byte[] parsed, byte[] compressed) {
    return Arrays.equals(
            parsed, 1, Secp256k1.COMPRESSED_SIZE, compressed, 1, Secp256k1.COMPRESSED_SIZE)
        && ((parsed[Secp256k1.UNCOMPRESSED_SIZE - 1] ^ compressed[0]) & 1) == 0;
  }
}
