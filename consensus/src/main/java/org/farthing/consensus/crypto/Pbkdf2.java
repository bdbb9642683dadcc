package org.farthing.consensus.crypto;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** PBKDF2 (RFC 8018) with HMAC-SHA512, which turns recovery words into a seed (BIP-0039). */
public final class Pbkdf2 {
  private Pbkdf2() {}

  /**
   * @param length of the result in bytes
   */
  public static byte[] hmacSha512(byte[] password, byte[] salt, int iterations, int length) {
    Hmac hmac = Hmac.withSha512(password);
    byte[] first = ByteBuffer.allocate(salt.length + Integer.BYTES).put(salt).array();
    ByteBuffer result = ByteBuffer.allocate(length);
    for (int block = 1; result.hasRemaining(); block++) {
      ByteBuffer.wrap(first).putInt(salt.length, block);
      byte[] part = part(hmac, first, iterations);
      result.put(part, 0, Math.min(part.length, result.remaining()));
    }
    return result.array();
  }

  private static byte[] part(Hmac hmac, byte[] first, int iterations) {
    byte[] last = hmac.code(first);
    byte[] sum = Arrays.copyOf(last, last.length);
    for (int i = 1; i < iterations; i++) {
      last = hmac.code(last);
      for (int j = 0; j < sum.length; j++) {
        sum[j] ^= last[j];
      }
    }
    return sum;
  }
}
