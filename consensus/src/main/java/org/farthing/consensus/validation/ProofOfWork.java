package org.farthing.consensus.validation;

import java.math.BigInteger;
import java.util.Optional;
import org.farthing.consensus.params.Difficulty;
import org.farthing.consensus.primitives.BlockHash;

/**
 * Targets, their compact form and the work that they stand for.
 *
 * <p>The compact form of a target is a floating-point number in 32 bits: the highest byte is the
 * length of the number in bytes, bit 23 its sign, the lower 23 bits its most significant digits.
 */
public final class ProofOfWork {
  private static final int MANTISSA_MASK = 0x007fffff;
  private static final int SIGN_BIT = 0x00800000;
  private static final int MANTISSA_BYTES = 3;
  private static final int TARGET_BITS = 256;
  private static final BigInteger ALL_HASHES = BigInteger.ONE.shiftLeft(TARGET_BITS);

  private ProofOfWork() {}

  /**
   * The target that {@code bits} stands for, or empty where it is negative, zero or longer than 256
   * bits.
   */
  public static Optional<BigInteger> target(int bits) {
    int length = bits >>> 24;
    BigInteger mantissa = BigInteger.valueOf(bits & MANTISSA_MASK);
    // A negative shift goes to the right: short numbers drop digits, as in Bitcoin Core.
    BigInteger target = mantissa.shiftLeft(8 * (length - MANTISSA_BYTES));
    boolean negative = (bits & SIGN_BIT) != 0;
    if (negative || target.signum() == 0 || target.bitLength() > TARGET_BITS) {
      return Optional.empty();
    }
    return Optional.of(target);
  }

  /** The compact form of a number that is not negative; digits beyond the first 23 bits are cut. */
  public static int compact(BigInteger target) {
    int length = (target.bitLength() + 7) / 8;
    int mantissa = target.shiftRight(8 * (length - MANTISSA_BYTES)).intValue();
    if ((mantissa & SIGN_BIT) != 0) {
      mantissa >>>= 8;
      length++;
    }
    return mantissa | length << 24;
  }

  /**
   * The expected number of hashes until one meets the target: 2^256 / (target + 1); zero for bits
   * that are no target.
   */
  public static BigInteger work(int bits) {
    return target(bits)
        .map(target -> ALL_HASHES.divide(target.add(BigInteger.ONE)))
        .orElse(BigInteger.ZERO);
  }

  /** The hash as the number that a target bounds. */
  public static BigInteger asNumber(BlockHash hash) {
    byte[] wire = hash.toByteArray();
    byte[] bigEndian = new byte[wire.length];
    for (int i = 0; i < wire.length; i++) {
      bigEndian[i] = wire[wire.length - 1 - i];
    }
    return new BigInteger(1, bigEndian);
  }

  /** True where {@code bits} is a target that the network allows and the hash is not above it. */
  public static boolean isMet(BlockHash hash, int bits, Difficulty difficulty) {
    Optional<BigInteger> target = target(bits);
    Optional<BigInteger> limit = target(difficulty.limitBits());
    return target.isPresent()
        && target.get().compareTo(limit.orElseThrow()) <= 0
        && asNumber(hash).compareTo(target.get()) <= 0;
  }
}
