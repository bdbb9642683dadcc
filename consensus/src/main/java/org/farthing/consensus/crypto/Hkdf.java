package org.farthing.consensus.crypto;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/** Several keys from one secret: HKDF with SHA-256 (RFC 5869). */
public final class Hkdf {
  private static final int SIZE = 32;

  private final byte[] extracted;

  public Hkdf(byte[] secret, byte[] salt) {
    this.extracted = new HKDFBytesGenerator(new SHA256Digest()).extractPRK(salt, secret);
  }

  /** The key for a purpose: 32 bytes. */
  public byte[] key(String purpose) {
    HKDFBytesGenerator generator = new HKDFBytesGenerator(new SHA256Digest());
    generator.init(
        HKDFParameters.skipExtractParameters(
            extracted, purpose.getBytes(StandardCharsets.US_ASCII)));
    byte[] key = new byte[SIZE];
    generator.generateBytes(key, 0, SIZE);
    return key;
  }
}
