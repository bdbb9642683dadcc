package org.farthing.consensus.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Several keys from one secret: HKDF with SHA-256 (RFC 5869). */
public final class Hkdf {
  /** What is hashed for the first 32 bytes of a key ends so; no key is longer. */
  private static final byte FIRST = 1;

  private final byte[] extracted;

  public Hkdf(byte[] secret, byte[] salt) {
    this.extracted = Hmac.sha256(salt, secret);
  }

  /** The key for a purpose: 32 bytes. */
  public byte[] key(String purpose) {
    byte[] info = purpose.getBytes(StandardCharsets.US_ASCII);
    byte[] message = Arrays.copyOf(info, info.length + 1);
    message[info.length] = FIRST;
    return Hmac.sha256(extracted, message);
  }
}
