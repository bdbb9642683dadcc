package org.farthing.consensus.validation;

import java.math.BigInteger;
import org.farthing.consensus.params.Difficulty;

/** Bitcoin's rule for the difficulty, as far as it needs no chain. */
public final class Retarget {
  private static final int GREATEST_STEP = 4;

  private Retarget() {}

  /**
   * The target of the first block of a period, in compact form.
   *
   * @param oldBits the target to start from, in compact form
   * @param tookSeconds between the first and the last block of the period before: one interval less
   *     than the period has, since Satoshi counted so; may be negative
   */
  public static int nextBits(Difficulty.Retarget rule, int oldBits, long tookSeconds) {
    long wanted = rule.timespanSeconds();
    long counted = Math.max(wanted / GREATEST_STEP, Math.min(tookSeconds, wanted * GREATEST_STEP));
    BigInteger next =
        ProofOfWork.target(oldBits)
            .orElseThrow()
            .multiply(BigInteger.valueOf(counted))
            .divide(BigInteger.valueOf(wanted));
    return ProofOfWork.compact(next.min(ProofOfWork.target(rule.limitBits()).orElseThrow()));
  }

  /** True where the block at {@code height} is the first of a period. */
  public static boolean beginsPeriod(int height, Difficulty difficulty) {
    return difficulty instanceof Difficulty.Periodic periodic && height % periodic.period() == 0;
  }
}
