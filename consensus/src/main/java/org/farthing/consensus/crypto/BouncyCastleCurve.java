package org.farthing.consensus.crypto;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECMultiplier;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** The same in Java, for machines without a native library: slower, and not in constant time. */
final class BouncyCastleCurve implements CurveEngine {
  private static final ECCurve CURVE = CustomNamedCurves.getByName("secp256k1").getCurve();
  private static final ECPoint GENERATOR = CustomNamedCurves.getByName("secp256k1").getG();
  private static final BigInteger FIELD = CURVE.getField().getCharacteristic();
  private static final BigInteger ORDER = CURVE.getOrder();
  private static final BigInteger HALF_ORDER = ORDER.shiftRight(1);

  private static final TaggedHash AUXILIARY = new TaggedHash("BIP0340/aux");
  private static final TaggedHash NONCE = new TaggedHash("BIP0340/nonce");
  private static final TaggedHash CHALLENGE = new TaggedHash("BIP0340/challenge");

  private static final int SIZE = 32;
  private static final byte EVEN = 2;

  @Override
  public String name() {
    return "BouncyCastle";
  }

  @Override
  public boolean verifyEcdsa(byte[] compact, byte[] hash, byte[] publicKey) {
    ECPoint key;
    try {
      key = CURVE.decodePoint(publicKey);
    } catch (IllegalArgumentException e) {
      return false;
    }
    BigInteger r = number(compact, 0);
    BigInteger inverse = number(compact, SIZE).modInverse(ORDER);
    BigInteger ofGenerator = number(hash, 0).multiply(inverse).mod(ORDER);
    BigInteger ofKey = r.multiply(inverse).mod(ORDER);
    ECPoint sum = ECAlgorithms.sumOfTwoMultiplies(GENERATOR, ofGenerator, key, ofKey).normalize();
    return !sum.isInfinity() && sum.getAffineXCoord().toBigInteger().mod(ORDER).equals(r);
  }

  @Override
  public boolean verifySchnorr(byte[] signature, byte[] message, byte[] xOnlyKey) {
    ECPoint key;
    try {
      key = lift(xOnlyKey);
    } catch (IllegalArgumentException e) {
      return false;
    }
    BigInteger r = number(signature, 0);
    BigInteger s = number(signature, SIZE);
    if (r.compareTo(FIELD) >= 0 || s.compareTo(ORDER) >= 0) {
      return false;
    }
    BigInteger e = challenge(Arrays.copyOf(signature, SIZE), xOnlyKey, message);
    ECPoint nonce =
        ECAlgorithms.sumOfTwoMultiplies(GENERATOR, s, key, ORDER.subtract(e).mod(ORDER))
            .normalize();
    return !nonce.isInfinity() && isEven(nonce) && nonce.getAffineXCoord().toBigInteger().equals(r);
  }

  @Override
  public byte[] signEcdsa(byte[] hash, byte[] privateKey) {
    return signEcdsa(hash, privateKey, new byte[0]);
  }

  @Override
  public byte[] signEcdsa(byte[] hash, byte[] privateKey, byte[] additional) {
    BigInteger key = scalar(privateKey);
    HMacDSAKCalculator nonces = new Nonces(additional);
    nonces.init(ORDER, key, hash);
    while (true) {
      BigInteger k = nonces.nextK();
      BigInteger r = timesGenerator(k).getAffineXCoord().toBigInteger().mod(ORDER);
      BigInteger s = k.modInverse(ORDER).multiply(number(hash, 0).add(r.multiply(key))).mod(ORDER);
      if (r.signum() != 0 && s.signum() != 0) {
        return join(r, s.compareTo(HALF_ORDER) > 0 ? ORDER.subtract(s) : s);
      }
    }
  }

  /** The nonces of RFC 6979 with additional data (section 3.6). */
  private static final class Nonces extends HMacDSAKCalculator {
    private final byte[] additional;

    Nonces(byte[] additional) {
      super(new SHA256Digest());
      this.additional = additional;
    }

    /** Behind key and hash, both times that they are taken in. */
    @Override
    protected void initAdditionalInput0(HMac mac) {
      mac.update(additional, 0, additional.length);
    }

    @Override
    protected void initAdditionalInput1(HMac mac) {
      mac.update(additional, 0, additional.length);
    }
  }

  @Override
  public byte[] recover(byte[] compact, byte[] hash, int recoveryId) {
    BigInteger r = number(compact, 0);
    BigInteger x = (recoveryId & 2) == 0 ? r : r.add(ORDER);
    if (x.compareTo(FIELD) >= 0) {
      throw new IllegalArgumentException("no point has this x coordinate");
    }
    byte[] encoded = new byte[1 + SIZE];
    encoded[0] = (byte) (EVEN + (recoveryId & 1));
    write(x, encoded, 1);
    BigInteger inverse = r.modInverse(ORDER);
    BigInteger ofGenerator = number(hash, 0).multiply(inverse).negate().mod(ORDER);
    BigInteger ofNonce = number(compact, SIZE).multiply(inverse).mod(ORDER);
    ECPoint key =
        ECAlgorithms.sumOfTwoMultiplies(GENERATOR, ofGenerator, CURVE.decodePoint(encoded), ofNonce)
            .normalize();
    if (key.isInfinity()) {
      throw new IllegalArgumentException("the key is the point at infinity");
    }
    return key.getEncoded(false);
  }

  @Override
  public byte[] signSchnorr(byte[] message, byte[] privateKey, byte[] auxiliary) {
    BigInteger secret = scalar(privateKey);
    ECPoint point = timesGenerator(secret);
    BigInteger key = isEven(point) ? secret : ORDER.subtract(secret);
    byte[] x = point.getAffineXCoord().getEncoded();

    byte[] mask = AUXILIARY.hash(auxiliary);
    byte[] masked = bytes(key);
    for (int i = 0; i < SIZE; i++) {
      masked[i] ^= mask[i];
    }
    MessageDigest digest = NONCE.newDigest();
    digest.update(masked);
    digest.update(x);
    BigInteger drawn = number(digest.digest(message), 0).mod(ORDER);
    if (drawn.signum() == 0) {
      throw new AssertionError("a hash is a multiple of the curve's order");
    }
    ECPoint nonce = timesGenerator(drawn);
    BigInteger k = isEven(nonce) ? drawn : ORDER.subtract(drawn);
    BigInteger r = nonce.getAffineXCoord().toBigInteger();
    BigInteger e = challenge(bytes(r), x, message);
    return join(r, k.add(e.multiply(key)).mod(ORDER));
  }

  @Override
  public boolean isValidPrivateKey(byte[] privateKey) {
    BigInteger key = number(privateKey, 0);
    return key.signum() != 0 && key.compareTo(ORDER) < 0;
  }

  @Override
  public byte[] publicKey(byte[] privateKey) {
    return timesGenerator(scalar(privateKey)).getEncoded(false);
  }

  @Override
  public byte[] uncompressed(byte[] publicKey) {
    return CURVE.decodePoint(publicKey).getEncoded(false);
  }

  @Override
  public byte[] negatePrivate(byte[] privateKey) {
    return bytes(ORDER.subtract(scalar(privateKey)));
  }

  @Override
  public byte[] tweakAddPrivate(byte[] privateKey, byte[] tweak) {
    BigInteger sum = scalar(privateKey).add(tweak(tweak)).mod(ORDER);
    if (sum.signum() == 0) {
      throw new IllegalArgumentException("the tweaked key is zero");
    }
    return bytes(sum);
  }

  @Override
  public byte[] tweakAddPublic(byte[] publicKey, byte[] tweak) {
    ECPoint sum = CURVE.decodePoint(publicKey).add(timesGenerator(tweak(tweak))).normalize();
    if (sum.isInfinity()) {
      throw new IllegalArgumentException("the tweaked key is the point at infinity");
    }
    return sum.getEncoded(false);
  }

  @Override
  public byte[] multiplyPublic(byte[] publicKey, byte[] factor) {
    return CURVE.decodePoint(publicKey).multiply(scalar(factor)).normalize().getEncoded(false);
  }

  private static BigInteger challenge(byte[] r, byte[] xOnlyKey, byte[] message) {
    MessageDigest digest = CHALLENGE.newDigest();
    digest.update(r);
    digest.update(xOnlyKey);
    return number(digest.digest(message), 0).mod(ORDER);
  }

  /** The point with this x coordinate and an even y coordinate. */
  private static ECPoint lift(byte[] xOnlyKey) {
    byte[] encoded = new byte[1 + SIZE];
    encoded[0] = EVEN;
    System.arraycopy(xOnlyKey, 0, encoded, 1, SIZE);
    return CURVE.decodePoint(encoded);
  }

  private static boolean isEven(ECPoint normalized) {
    return !normalized.getAffineYCoord().testBitZero();
  }

  private static ECPoint timesGenerator(BigInteger factor) {
    ECMultiplier multiplier = new FixedPointCombMultiplier();
    return multiplier.multiply(GENERATOR, factor).normalize();
  }

  private static BigInteger scalar(byte[] privateKey) {
    BigInteger key = tweak(privateKey);
    if (key.signum() == 0) {
      throw new IllegalArgumentException("a private key is not zero");
    }
    return key;
  }

  private static BigInteger tweak(byte[] tweak) {
    BigInteger value = number(tweak, 0);
    if (value.compareTo(ORDER) >= 0) {
      throw new IllegalArgumentException("not below the curve's order");
    }
    return value;
  }

  private static BigInteger number(byte[] data, int offset) {
    return new BigInteger(1, data, offset, SIZE);
  }

  private static byte[] bytes(BigInteger value) {
    byte[] result = new byte[SIZE];
    write(value, result, 0);
    return result;
  }

  private static byte[] join(BigInteger r, BigInteger s) {
    byte[] result = new byte[2 * SIZE];
    write(r, result, 0);
    write(s, result, SIZE);
    return result;
  }

  private static void write(BigInteger value, byte[] target, int offset) {
    byte[] raw = value.toByteArray();
    int skip = Math.max(0, raw.length - SIZE);
    int length = raw.length - skip;
    System.arraycopy(raw, skip, target, offset + SIZE - length, length);
    // It may have been a private key.
    Arrays.fill(raw, (byte) 0);
  }
}
