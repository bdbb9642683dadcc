package org.farthing.consensus.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECFieldElement;
import org.bouncycastle.math.ec.custom.sec.SecP256K1Curve;

/**
 * Public keys that look like 64 random bytes (BIP-0324). Every 64 bytes are one, and every key has
 * about 2^256 forms: two field elements u and t, from which three candidates for x follow, of which
 * the first that is on the curve counts. Names are those of the BIP.
 */
public final class ElligatorSwift {
  /** The length of an encoded key in bytes. */
  public static final int SIZE = 64;

  private static final int ELEMENT = 32;

  /** By itself: a table of all named curves takes longer to load than a handshake. */
  private static final ECCurve CURVE = new SecP256K1Curve();

  private static final BigInteger P = CURVE.getField().getCharacteristic();
  private static final ECFieldElement ONE = element(BigInteger.ONE);
  private static final ECFieldElement TWO = element(BigInteger.TWO);
  private static final ECFieldElement THREE = element(BigInteger.valueOf(3));
  private static final ECFieldElement FOUR = element(BigInteger.valueOf(4));
  private static final ECFieldElement SEVEN = element(BigInteger.valueOf(7));

  /** The root of -3 that is itself a square. */
  private static final ECFieldElement ROOT_OF_MINUS_3 =
      element(P.subtract(BigInteger.valueOf(3)).modPow(P.add(BigInteger.ONE).shiftRight(2), P));

  private static final TaggedHash SHARED = new TaggedHash("bip324_ellswift_xonly_ecdh");

  private ElligatorSwift() {}

  /**
   * The x coordinate that an encoded key stands for: 32 bytes.
   *
   * @param encoded 64 bytes, any
   */
  public static byte[] decode(byte[] encoded) {
    requireSize(encoded, SIZE);
    return bytes(xSwiftEc(reduced(encoded, 0), reduced(encoded, ELEMENT)));
  }

  /**
   * A random form of a public key.
   *
   * @param random of a cryptographic kind; what it gives decides which of the forms it is
   */
  public static byte[] encode(byte[] publicKey, RandomGenerator random) {
    ECFieldElement x = reduced(Secp256k1.compressed(publicKey), 1);
    byte[] u = new byte[ELEMENT];
    while (true) {
      random.nextBytes(u);
      Optional<ECFieldElement> t = inverse(x, reduced(u, 0), random.nextInt(8));
      if (t.isPresent()) {
        byte[] encoded = Arrays.copyOf(u, SIZE);
        System.arraycopy(bytes(t.get()), 0, encoded, ELEMENT, ELEMENT);
        return encoded;
      }
    }
  }

  /**
   * The secret of two peers: 32 bytes. It also binds both encodings.
   *
   * @param privateKey ours
   * @param ours the form of our public key that we sent
   * @param theirs what we received
   * @param initiating whether it was us who called
   */
  public static byte[] sharedSecret(
      byte[] privateKey, byte[] ours, byte[] theirs, boolean initiating) {
    byte[] point = Secp256k1.multiplyPublic(even(decode(theirs)), privateKey);
    byte[] x = Arrays.copyOfRange(point, 1, point.length);
    byte[] all = new byte[2 * SIZE + ELEMENT];
    System.arraycopy(initiating ? ours : theirs, 0, all, 0, SIZE);
    System.arraycopy(initiating ? theirs : ours, 0, all, SIZE, SIZE);
    System.arraycopy(x, 0, all, 2 * SIZE, ELEMENT);
    return SHARED.hash(all);
  }

  /** The compressed key with this x whose y is even; the secret does not depend on y's sign. */
  private static byte[] even(byte[] x) {
    byte[] key = new byte[Secp256k1.COMPRESSED_SIZE];
    key[0] = 2;
    System.arraycopy(x, 0, key, 1, ELEMENT);
    return key;
  }

  /** XSwiftEC: the x of u and t. */
  static ECFieldElement xSwiftEc(ECFieldElement someU, ECFieldElement someT) {
    ECFieldElement u = someU.isZero() ? ONE : someU;
    ECFieldElement t = someT.isZero() ? ONE : someT;
    ECFieldElement g = curve(u);
    if (g.add(t.square()).isZero()) {
      t = t.multiply(TWO);
    }
    ECFieldElement bigX = g.subtract(t.square()).divide(t.multiply(TWO));
    ECFieldElement bigY = bigX.add(t).divide(ROOT_OF_MINUS_3.multiply(u));
    ECFieldElement first = u.add(FOUR.multiply(bigY.square()));
    if (isOnCurve(first)) {
      return first;
    }
    ECFieldElement ratio = bigX.divide(bigY);
    ECFieldElement second = ratio.negate().subtract(u).divide(TWO);
    return isOnCurve(second) ? second : ratio.subtract(u).divide(TWO);
  }

  /**
   * XSwiftECInv: the t that leads to x with this u, if there is one in this case.
   *
   * @param which from 0 to 7
   */
  static Optional<ECFieldElement> inverse(ECFieldElement x, ECFieldElement u, int which) {
    if (u.isZero()) {
      return Optional.empty();
    }
    ECFieldElement v;
    ECFieldElement s;
    if ((which & 2) == 0) {
      if (isOnCurve(x.negate().subtract(u))) {
        return Optional.empty();
      }
      v = x;
      ECFieldElement divisor = u.square().add(u.multiply(v)).add(v.square());
      s = curve(u).negate().divide(divisor);
    } else {
      s = x.subtract(u);
      if (s.isZero()) {
        return Optional.empty();
      }
      ECFieldElement inner = FOUR.multiply(curve(u)).add(THREE.multiply(s).multiply(u.square()));
      ECFieldElement r = s.negate().multiply(inner).sqrt();
      if (r == null || ((which & 1) != 0 && r.isZero())) {
        return Optional.empty();
      }
      v = r.divide(s).subtract(u).divide(TWO);
    }
    ECFieldElement w = s.sqrt();
    if (w == null) {
      return Optional.empty();
    }
    ECFieldElement root = (which & 1) == 0 ? ROOT_OF_MINUS_3.negate() : ROOT_OF_MINUS_3;
    ECFieldElement t = w.multiply(u.multiply(ONE.add(root)).divide(TWO).add(v));
    boolean negated = (which & 5) == 0 || (which & 5) == 5;
    return Optional.of(negated ? t.negate() : t);
  }

  /** x^3 + 7. */
  private static ECFieldElement curve(ECFieldElement x) {
    return x.square().multiply(x).add(SEVEN);
  }

  private static boolean isOnCurve(ECFieldElement x) {
    return curve(x).sqrt() != null;
  }

  private static ECFieldElement element(BigInteger number) {
    return CURVE.fromBigInteger(number);
  }

  /** The number of 32 bytes, modulo p. */
  static ECFieldElement reduced(byte[] bytes, int from) {
    return element(new BigInteger(1, Arrays.copyOfRange(bytes, from, from + ELEMENT)).mod(P));
  }

  private static byte[] bytes(ECFieldElement element) {
    return element.getEncoded();
  }

  private static void requireSize(byte[] bytes, int size) {
    if (bytes.length != size) {
      throw new IllegalArgumentException("%d bytes instead of %d".formatted(bytes.length, size));
    }
  }
}
