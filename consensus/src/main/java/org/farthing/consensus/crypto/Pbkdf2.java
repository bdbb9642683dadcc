package org.farthing.consensus.crypto;

import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

/** PBKDF2 (RFC 8018) with HMAC-SHA512, which turns recovery words into a seed (BIP-0039). */
public final class Pbkdf2 {
  private Pbkdf2() {}

  /**
   * @param length of the result in bytes
   */
  public static byte[] hmacSha512(byte[] password, byte[] salt, int iterations, int length) {
    var generator = new PKCS5S2ParametersGenerator(new SHA512Digest());
    generator.init(password, salt, iterations);
    return ((KeyParameter) generator.generateDerivedParameters(length * Byte.SIZE)).getKey();
  }
}
