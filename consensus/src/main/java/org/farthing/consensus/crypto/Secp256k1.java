package org.farthing.consensus.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/**
 * Keys and signatures on the curve secp256k1. libsecp256k1 does the work where it can be loaded,
 * BouncyCastle elsewhere; a shared test holds both to the same verdicts.
 *
 * <p>Private keys and tweaks are 32 bytes, big-endian; public keys 33 bytes (compressed), 65
 * (uncompressed, or hybrid with the prefix 6 or 7 where they come from old scripts), or 32 (x-only,
 * BIP-0340). Methods that verify answer {@code false} to any malformed input; all others throw
 * {@link IllegalArgumentException}.
 */
public final class Secp256k1 {
  /** The length of a private key, of a tweak and of an x-only public key in bytes. */
  public static final int KEY_SIZE = 32;

  /** The length of a compressed public key in bytes. */
  public static final int COMPRESSED_SIZE = 33;

  /** The length of an uncompressed public key in bytes. */
  public static final int UNCOMPRESSED_SIZE = 65;

  /** The length of a Schnorr signature, and of an ECDSA signature in compact form, in bytes. */
  public static final int SIGNATURE_SIZE = 64;

  /** The number of points on the curve, n. */
  static final BigInteger ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

  private static final Secp256k1 INSTANCE =
      new Secp256k1(NativeCurve.load().orElseGet(Secp256k1::withoutLibrary));

  private final CurveEngine engine;
  private final ParsedKeys parsedKeys;

  /** Apart, so that its classes are not loaded where they are not needed. */
  private static CurveEngine withoutLibrary() {
    return new BouncyCastleCurve();
  }

  /** One engine behind the checks that all share. */
  Secp256k1(CurveEngine engine) {
    this.engine = engine;
    this.parsedKeys = new ParsedKeys(engine::uncompressed);
  }

  /** Which library does the work: {@code libsecp256k1} or {@code BouncyCastle}. */
  public static String engineName() {
    return INSTANCE.engine.name();
  }

  /**
   * Checks an ECDSA signature, high or low s alike.
   *
   * @param compact 64 bytes; see {@link EcdsaSignature#parseLaxDer}
   * @param hash 32 bytes
   * @param publicKey 33 or 65 bytes, also hybrid
   */
  public static boolean verifyEcdsa(byte[] compact, byte[] hash, byte[] publicKey) {
    return INSTANCE.verifiesEcdsa(compact, hash, publicKey);
  }

  /**
   * Checks a Schnorr signature (BIP-0340).
   *
   * @param signature 64 bytes
   * @param message any length; in transactions always 32 bytes
   * @param xOnlyKey 32 bytes
   */
  public static boolean verifySchnorr(byte[] signature, byte[] message, byte[] xOnlyKey) {
    return INSTANCE.verifiesSchnorr(signature, message, xOnlyKey);
  }

  /** Signs a hash of 32 bytes: compact, low s, with the nonce of RFC 6979. */
  public static byte[] signEcdsa(byte[] hash, byte[] privateKey) {
    require(hash, 32, "hash");
    require(privateKey, KEY_SIZE, "private key");
    return INSTANCE.engine.signEcdsa(hash, privateKey);
  }

  /**
   * The same with an r below 2^255, which DER writes in 32 bytes: other nonces are drawn, with a
   * counter as their additional data, until r is low, in the way that Bitcoin Core does.
   */
  public static byte[] signEcdsaLowR(byte[] hash, byte[] privateKey) {
    require(hash, 32, "hash");
    require(privateKey, KEY_SIZE, "private key");
    return INSTANCE.signsLowR(hash, privateKey);
  }

  /**
   * The public key whose private key made an ECDSA signature.
   *
   * @param compact 64 bytes
   * @param hash 32 bytes
   * @param recoveryId 0 to 3: which of the keys for which the signature is valid
   * @return 65 bytes; empty where there is no such key
   */
  public static Optional<byte[]> recover(byte[] compact, byte[] hash, int recoveryId) {
    require(hash, 32, "hash");
    return INSTANCE.recovers(compact, hash, recoveryId);
  }

  /** Strict DER of a compact signature. */
  public static byte[] compactToDer(byte[] compact) {
    return EcdsaSignature.toDer(compact);
  }

  /**
   * Signs a message (BIP-0340).
   *
   * @param auxiliary 32 bytes, best random: they protect against faults and side channels
   */
  public static byte[] signSchnorr(byte[] message, byte[] privateKey, byte[] auxiliary) {
    require(privateKey, KEY_SIZE, "private key");
    require(auxiliary, 32, "auxiliary randomness");
    return INSTANCE.engine.signSchnorr(message, privateKey, auxiliary);
  }

  /** The compressed public key of a private key. */
  public static byte[] publicKey(byte[] privateKey) {
    require(privateKey, KEY_SIZE, "private key");
    return compress(INSTANCE.engine.publicKey(privateKey));
  }

  /** 65 bytes of a public key of 33 or 65. */
  public static byte[] uncompressed(byte[] publicKey) {
    requirePublicKey(publicKey);
    return INSTANCE.engine.uncompressed(publicKey);
  }

  /** 33 bytes of a public key of 33 or 65. */
  public static byte[] compressed(byte[] publicKey) {
    return compress(uncompressed(publicKey));
  }

  /** Whether it is a point on the curve in one of the forms of 33 or 65 bytes. */
  public static boolean isValidPublicKey(byte[] publicKey) {
    return INSTANCE.validPublicKey(publicKey);
  }

  /** Whether it is a number from 1 to n - 1 in 32 bytes. */
  public static boolean isValidPrivateKey(byte[] privateKey) {
    return privateKey.length == KEY_SIZE && INSTANCE.engine.isValidPrivateKey(privateKey);
  }

  /**
   * Key plus tweak modulo n (BIP-0032, BIP-0341).
   *
   * @throws IllegalArgumentException also for a tweak of n or more, and for a sum of zero
   */
  public static byte[] tweakAddPrivate(byte[] privateKey, byte[] tweak) {
    require(privateKey, KEY_SIZE, "private key");
    require(tweak, KEY_SIZE, "tweak");
    return INSTANCE.engine.tweakAddPrivate(privateKey, tweak);
  }

  /** n minus the key: its public key has the other parity. */
  public static byte[] negatePrivate(byte[] privateKey) {
    if (!isValidPrivateKey(privateKey)) {
      throw new IllegalArgumentException("not a private key");
    }
    return INSTANCE.engine.negatePrivate(privateKey);
  }

  /**
   * The public key times a number from 1 to n - 1: 33 bytes. With the private key of somebody else
   * in the place of the number, a point that only the two know (ECDH).
   *
   * @throws IllegalArgumentException also for a number that is out of range
   */
  public static byte[] multiplyPublic(byte[] publicKey, byte[] factor) {
    requirePublicKey(publicKey);
    require(factor, KEY_SIZE, "factor");
    return compress(INSTANCE.engine.multiplyPublic(publicKey, factor));
  }

  /**
   * Key plus the point of the tweak (BIP-0032): 33 bytes.
   *
   * @throws IllegalArgumentException also for a tweak of n or more, and for a sum at infinity
   */
  public static byte[] tweakAddPublic(byte[] publicKey, byte[] tweak) {
    requirePublicKey(publicKey);
    require(tweak, KEY_SIZE, "tweak");
    return compress(INSTANCE.engine.tweakAddPublic(publicKey, tweak));
  }

  /**
   * The x-only key, taken as even, plus the point of the tweak (BIP-0341): 33 bytes, of which the
   * first tells the parity and the others are the x-only result.
   *
   * @throws IllegalArgumentException also for a tweak of n or more, and for a sum at infinity
   */
  public static byte[] tweakAddXOnly(byte[] xOnlyKey, byte[] tweak) {
    require(xOnlyKey, KEY_SIZE, "x-only key");
    return tweakAddPublic(even(xOnlyKey), tweak);
  }

  /**
   * Whether {@code tweaked} is {@code internal} plus the point of the tweak (BIP-0341).
   *
   * @param odd whether the y coordinate of the tweaked key is odd
   */
  public static boolean isTweakedXOnly(byte[] tweaked, boolean odd, byte[] internal, byte[] tweak) {
    return INSTANCE.tweakedXOnly(tweaked, odd, internal, tweak);
  }

  byte[] signsLowR(byte[] hash, byte[] privateKey) {
    byte[] compact = engine.signEcdsa(hash, privateKey);
    byte[] counter = new byte[32];
    while (compact[0] < 0) {
      counter[0]++;
      if (counter[0] == 0) {
        throw new AssertionError("no low r in 256 signatures");
      }
      compact = engine.signEcdsa(hash, privateKey, counter);
    }
    return compact;
  }

  Optional<byte[]> recovers(byte[] compact, byte[] hash, int recoveryId) {
    if (compact.length != SIGNATURE_SIZE || !EcdsaSignature.isInRange(compact)) {
      return Optional.empty();
    }
    try {
      return Optional.of(engine.recover(compact, hash, recoveryId));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  boolean verifiesEcdsa(byte[] compact, byte[] hash, byte[] publicKey) {
    return compact.length == SIGNATURE_SIZE
        && hash.length == 32
        && hasPublicKeyForm(publicKey)
        && EcdsaSignature.isInRange(compact)
        && engine.verifyEcdsa(
            EcdsaSignature.withLowS(compact), hash, parsedKeys.quickest(publicKey));
  }

  boolean verifiesSchnorr(byte[] signature, byte[] message, byte[] xOnlyKey) {
    return signature.length == SIGNATURE_SIZE
        && xOnlyKey.length == KEY_SIZE
        && engine.verifySchnorr(signature, message, xOnlyKey);
  }

  boolean validPublicKey(byte[] publicKey) {
    if (!hasPublicKeyForm(publicKey)) {
      return false;
    }
    try {
      return engine.uncompressed(publicKey).length == UNCOMPRESSED_SIZE;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  boolean tweakedXOnly(byte[] tweaked, boolean odd, byte[] internal, byte[] tweak) {
    if (tweaked.length != KEY_SIZE || internal.length != KEY_SIZE || tweak.length != KEY_SIZE) {
      return false;
    }
    byte[] sum;
    try {
      sum = engine.tweakAddPublic(even(internal), tweak);
    } catch (IllegalArgumentException e) {
      return false;
    }
    return Arrays.equals(sum, 1, COMPRESSED_SIZE, tweaked, 0, KEY_SIZE)
        && (sum[UNCOMPRESSED_SIZE - 1] & 1) == (odd ? 1 : 0);
  }

  private static byte[] even(byte[] xOnlyKey) {
    byte[] key = new byte[COMPRESSED_SIZE];
    key[0] = 2;
    System.arraycopy(xOnlyKey, 0, key, 1, KEY_SIZE);
    return key;
  }

  private static byte[] compress(byte[] uncompressed) {
    byte[] key = Arrays.copyOf(uncompressed, COMPRESSED_SIZE);
    key[0] = (byte) (2 + (uncompressed[UNCOMPRESSED_SIZE - 1] & 1));
    return key;
  }

  /** Whether size and prefix are those of a public key of 33 or 65 bytes, hybrid ones included. */
  public static boolean hasPublicKeyForm(byte[] key) {
    if (key.length == COMPRESSED_SIZE) {
      return key[0] == 2 || key[0] == 3;
    }
    return key.length == UNCOMPRESSED_SIZE && (key[0] == 4 || key[0] == 6 || key[0] == 7);
  }

  private static void requirePublicKey(byte[] key) {
    if (!hasPublicKeyForm(key)) {
      throw new IllegalArgumentException("not a public key of 33 or 65 bytes");
    }
  }

  private static void require(byte[] data, int size, String what) {
    if (data.length != size) {
      throw new IllegalArgumentException(
          what + " must have " + size + " bytes, not " + data.length);
    }
  }
}
