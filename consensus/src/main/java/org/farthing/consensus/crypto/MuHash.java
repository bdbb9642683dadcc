package org.farthing.consensus.crypto;

import java.math.BigInteger;
import java.util.List;
import org.bouncycastle.crypto.engines.ChaCha7539Engine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/**
 * MuHash3072: the hash of a set, to which elements can be added and from which they can be taken in
 * any order, and which can be computed in parts (Bellare and Micciancio, "A New Paradigm for
 * Collision-Free Hashing", 1997; P. Wuille on bitcoin-dev, May 2017).
 *
 * <p>Each element becomes a number of 3072 bits: the ChaCha20 keystream (RFC 8439) under the key
 * SHA-256(element), read as little-endian. The set is the product of the numbers of its elements
 * modulo the prime 2^3072 - 1103717. Elements taken away are multiplied into a denominator, so that
 * the costly inversion is needed but once, for the digest. Whether an element is in the set is not
 * known: what is taken out without having been put in counts as missing.
 *
 * <p>Not for several threads at once.
 */
public final class MuHash {
  /** The length of the digest in bytes. */
  public static final int DIGEST_SIZE = Sha256.SIZE;

  /** The length of {@link #state} in bytes. */
  public static final int STATE_SIZE = 2 * MuHash.NUMBER_SIZE;

  private static final int BITS = 3072;
  private static final int NUMBER_SIZE = BITS / 8;
  private static final int NONCE_SIZE = 12;
  private static final BigInteger TWO_TO_BITS = BigInteger.ONE.shiftLeft(BITS);
  private static final BigInteger LOW_BITS = TWO_TO_BITS.subtract(BigInteger.ONE);

  /** How far the modulus is from 2^3072. */
  private static final BigInteger DISTANCE = BigInteger.valueOf(1_103_717);

  private static final BigInteger MODULUS = TWO_TO_BITS.subtract(DISTANCE);
  private static final byte[] NONCE = new byte[NONCE_SIZE];
  private static final byte[] ZEROS = new byte[NUMBER_SIZE];

  private final ChaCha7539Engine chaCha = new ChaCha7539Engine();
  private BigInteger numerator;
  private BigInteger denominator;

  private MuHash(BigInteger numerator, BigInteger denominator) {
    this.numerator = numerator;
    this.denominator = denominator;
  }

  /** The empty set. */
  public MuHash() {
    this(BigInteger.ONE, BigInteger.ONE);
  }

  /**
   * The set that {@link #state} or {@link #unreducedState} described.
   *
   * @throws IllegalArgumentException if the array is not {@link #STATE_SIZE} bytes long
   */
  public static MuHash ofState(byte[] state) {
    if (state.length != STATE_SIZE) {
      throw new IllegalArgumentException("a state has " + STATE_SIZE + " bytes");
    }
    return new MuHash(read(state, 0), read(state, NUMBER_SIZE));
  }

  /** Puts an element into the set. */
  public void insert(byte[] element) {
    numerator = product(numerator, number(element));
  }

  /** Takes an element out of the set. */
  public void remove(byte[] element) {
    denominator = product(denominator, number(element));
  }

  /** Puts in what is in {@code other}, and takes out what was taken out of {@code other}. */
  public void combine(MuHash other) {
    numerator = product(numerator, other.numerator);
    denominator = product(denominator, other.denominator);
  }

  /** 32 bytes that are the same for the same set, whatever its history. Changes nothing. */
  public byte[] digest() {
    return Sha256.hash(littleEndian(quotient()));
  }

  /**
   * The digests of many sets, for little more than the price of one: the product of all
   * denominators is inverted instead of each (P. Montgomery, "Speeding the Pollard and elliptic
   * curve methods of factorization", 1987).
   */
  public static List<byte[]> digests(List<MuHash> sets) {
    BigInteger[] products = new BigInteger[sets.size() + 1];
    products[0] = BigInteger.ONE;
    for (int i = 0; i < sets.size(); i++) {
      products[i + 1] = product(products[i], sets.get(i).denominator);
    }
    BigInteger inverse = inverse(products[sets.size()]);
    byte[][] digests = new byte[sets.size()][];
    for (int i = sets.size() - 1; i >= 0; i--) {
      MuHash set = sets.get(i);
      BigInteger quotient = product(set.numerator, product(inverse, products[i]));
      digests[i] = Sha256.hash(littleEndian(quotient.mod(MODULUS)));
      inverse = product(inverse, set.denominator);
    }
    return List.of(digests);
  }

  private static BigInteger inverse(BigInteger number) {
    return number.equals(BigInteger.ONE) ? number : number.modInverse(MODULUS);
  }

  /** Numerator and denominator, little-endian, with all removals worked in: one for each set. */
  public byte[] state() {
    byte[] state = new byte[STATE_SIZE];
    System.arraycopy(littleEndian(quotient()), 0, state, 0, NUMBER_SIZE);
    state[NUMBER_SIZE] = 1;
    return state;
  }

  /**
   * Numerator and denominator, little-endian, as they are now: fast, and not always the same for
   * the same set.
   */
  public byte[] unreducedState() {
    byte[] state = new byte[STATE_SIZE];
    System.arraycopy(littleEndian(numerator), 0, state, 0, NUMBER_SIZE);
    System.arraycopy(littleEndian(denominator), 0, state, NUMBER_SIZE, NUMBER_SIZE);
    return state;
  }

  private BigInteger quotient() {
    return numerator.multiply(inverse(denominator)).mod(MODULUS);
  }

  private BigInteger number(byte[] element) {
    chaCha.init(true, new ParametersWithIV(new KeyParameter(Sha256.hash(element)), NONCE));
    byte[] stream = new byte[NUMBER_SIZE];
    chaCha.processBytes(ZEROS, 0, NUMBER_SIZE, stream, 0);
    return read(stream, 0);
  }

  /**
   * The product, below 2^3072 but not always below the modulus. Since 2^3072 is {@link #DISTANCE}
   * more than the modulus, the upper half can be folded onto the lower one: three times as fast as
   * a division.
   */
  private static BigInteger product(BigInteger left, BigInteger right) {
    BigInteger product = left.multiply(right);
    while (product.bitLength() > BITS) {
      product = product.shiftRight(BITS).multiply(DISTANCE).add(product.and(LOW_BITS));
    }
    return product;
  }

  private static BigInteger read(byte[] bytes, int offset) {
    byte[] bigEndian = new byte[NUMBER_SIZE];
    for (int i = 0; i < NUMBER_SIZE; i++) {
      bigEndian[i] = bytes[offset + NUMBER_SIZE - 1 - i];
    }
    return new BigInteger(1, bigEndian);
  }

  private static byte[] littleEndian(BigInteger number) {
    // May have a zero byte in front, for the sign, or fewer bytes than a number has.
    byte[] bigEndian = number.toByteArray();
    byte[] result = new byte[NUMBER_SIZE];
    for (int i = 0; i < Math.min(NUMBER_SIZE, bigEndian.length); i++) {
      result[i] = bigEndian[bigEndian.length - 1 - i];
    }
    return result;
  }
}
