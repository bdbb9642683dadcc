package org.farthing.consensus.crypto;

/**
 * The operations on the curve secp256k1 that two libraries do for {@link Secp256k1}, which has
 * checked all lengths before. What no rule allows is answered with {@code false} by the verifying
 * methods, and with an {@link IllegalArgumentException} by all others.
 */
interface CurveEngine {
  /** A name for people. */
  String name();

  /**
   * @param compact r and s, both from 1 to n - 1, s not above n / 2
   * @param publicKey 33 or 65 bytes with a prefix that fits the length
   */
  boolean verifyEcdsa(byte[] compact, byte[] hash, byte[] publicKey);

  /** A message of any length (BIP-0340). */
  boolean verifySchnorr(byte[] signature, byte[] message, byte[] xOnlyKey);

  /** Compact, low s, nonce of RFC 6979. */
  byte[] signEcdsa(byte[] hash, byte[] privateKey);

  /** A message of any length (BIP-0340). */
  byte[] signSchnorr(byte[] message, byte[] privateKey, byte[] auxiliary);

  boolean isValidPrivateKey(byte[] privateKey);

  /** 65 bytes. */
  byte[] publicKey(byte[] privateKey);

  /** 65 bytes from 33 or 65 with a prefix that fits the length. */
  byte[] uncompressed(byte[] publicKey);

  byte[] tweakAddPrivate(byte[] privateKey, byte[] tweak);

  /** 65 bytes. */
  byte[] tweakAddPublic(byte[] publicKey, byte[] tweak);
}
