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

  /**
   * The same with additional data for the nonce (RFC 6979, section 3.6).
   *
   * @param additional 32 bytes
   */
  byte[] signEcdsa(byte[] hash, byte[] privateKey, byte[] additional);

  /**
   * The public key that a signature belongs to: 65 bytes.
   *
   * @param compact r and s, both from 1 to n - 1
   * @param recoveryId bit 0: the nonce's point has an odd y; bit 1: its x is r + n
   */
  byte[] recover(byte[] compact, byte[] hash, int recoveryId);

  /** A message of any length (BIP-0340). */
  byte[] signSchnorr(byte[] message, byte[] privateKey, byte[] auxiliary);

  boolean isValidPrivateKey(byte[] privateKey);

  /** 65 bytes. */
  byte[] publicKey(byte[] privateKey);

  /** 65 bytes from 33 or 65 with a prefix that fits the length. */
  byte[] uncompressed(byte[] publicKey);

  byte[] tweakAddPrivate(byte[] privateKey, byte[] tweak);

  /** n minus the key. */
  byte[] negatePrivate(byte[] privateKey);

  /** 65 bytes. */
  byte[] tweakAddPublic(byte[] publicKey, byte[] tweak);

  /** 65 bytes. */
  byte[] multiplyPublic(byte[] publicKey, byte[] factor);
}
