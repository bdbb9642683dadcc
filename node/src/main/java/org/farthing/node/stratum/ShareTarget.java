package org.farthing.node.stratum;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.farthing.consensus.validation.ProofOfWork;

/** Difficulties, as pools count them, and the targets that shares must not exceed. */
final class ShareTarget {
  /** The easiest target of Bitcoin's main network, {@code 1d00ffff}. */
  static final BigInteger DIFFICULTY_ONE = BigInteger.valueOf(0xffff).shiftLeft(208);

  /** Every hash meets it. */
  static final BigInteger EASIEST = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);

  /** The difficulty of what every hash meets. */
  static final double LEAST = ofTarget(EASIEST);

  private ShareTarget() {}

  /** The largest number that a share's hash may be, which has a positive difficulty. */
  static BigInteger of(double difficulty) {
    BigInteger target =
        new BigDecimal(DIFFICULTY_ONE)
            .divide(new BigDecimal(difficulty), 0, RoundingMode.FLOOR)
            .toBigInteger();
    return target.min(EASIEST);
  }

  /** The target of a block, from its compact form. */
  static BigInteger ofBits(int bits) {
    return ProofOfWork.target(bits).orElseThrow();
  }

  /** The difficulty of a positive target. */
  static double ofTarget(BigInteger target) {
    return new BigDecimal(DIFFICULTY_ONE)
        .divide(new BigDecimal(target), MathContext.DECIMAL64)
        .doubleValue();
  }
}
