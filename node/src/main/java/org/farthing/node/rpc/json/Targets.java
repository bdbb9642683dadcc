package org.farthing.node.rpc.json;

import java.math.BigInteger;
import org.farthing.consensus.validation.ProofOfWork;

/** Targets and work for people. */
public final class Targets {
  private static final int HEX_DIGITS = 64;
  private static final int MANTISSA_MASK = 0x007fffff;
  private static final int DIFFICULTY_ONE_EXPONENT = 29;
  private static final double DIFFICULTY_ONE_MANTISSA = 0x0000ffff;

  private Targets() {}

  /** 64 hexadecimal digits. */
  public static String hex(BigInteger value) {
    String digits = value.toString(16);
    return "0".repeat(Math.max(0, HEX_DIGITS - digits.length())) + digits;
  }

  /** The number that a hash must not exceed, from its compact form. */
  public static BigInteger ofBits(int bits) {
    return ProofOfWork.target(bits).orElse(BigInteger.ZERO);
  }

  /** How much harder than {@code 1d00ffff}, the easiest target of Bitcoin's main network. */
  public static double difficulty(int bits) {
    double ratio = DIFFICULTY_ONE_MANTISSA / (bits & MANTISSA_MASK);
    return ratio * Math.pow(2, 8.0 * (DIFFICULTY_ONE_EXPONENT - (bits >>> 24)));
  }
}
