package org.farthing.consensus.validation;

import java.math.BigInteger;
import java.util.List;
import org.farthing.consensus.params.Difficulty;

/**
 * LWMA-1 of zawy12: the mean target of the last blocks, scaled by their solve times, of which later
 * ones weigh more.
 *
 * <p>A solve time is the difference of two median times past, not of two blocks' own times. Block
 * times are claims: a header may run two hours ahead, that is 720 blocks. With the times themselves
 * a single miner with a tenth of the hash rate and a clock two hours fast makes all honest blocks
 * after his look as if they took no time, and drives the difficulty up without bound (in simulation
 * the interval passes 160 seconds); where negative differences are cut off singly, he drives it
 * down. Medians of eleven follow the honest majority, never go back, and answer only five blocks
 * later. What remains: six liars among eleven blocks take the median with them, and until the
 * clocks of the others have caught up, their times say nothing.
 */
public final class Lwma {
  private Lwma() {}

  /**
   * What a block says.
   *
   * @param medianTimePast of the block, its own time included, in seconds since 1970 (BIP-0113)
   * @param bits its target in compact form
   */
  public record Sample(long medianTimePast, int bits) {}

  /**
   * The target of the next block, in compact form.
   *
   * @param last the blocks before it, the oldest first: as many as there are, up to {@code window +
   *     1}, at least one
   */
  public static int nextBits(Difficulty.Lwma rule, List<Sample> last) {
    int window = rule.window();
    int solves = Math.min(window, last.size() - 1);
    List<Sample> samples = last.subList(last.size() - 1 - solves, last.size());
    BigInteger limit = ProofOfWork.target(rule.limitBits()).orElseThrow();
    // A young chain counts as if blocks at the easiest target had come on time before it.
    int missing = window - solves;
    BigInteger targets = limit.multiply(BigInteger.valueOf(missing));
    long weightedTime = weights(missing) * rule.spacingSeconds();
    for (int i = 1; i <= solves; i++) {
      long solveTime = samples.get(i).medianTimePast() - samples.get(i - 1).medianTimePast();
      long counted = Math.max(1, Math.min(solveTime, rule.maxSolveSeconds()));
      weightedTime += counted * (missing + i);
      targets = targets.add(ProofOfWork.target(samples.get(i).bits()).orElseThrow());
    }
    long timeOnSchedule = weights(window) * rule.spacingSeconds();
    BigInteger next =
        targets
            .multiply(BigInteger.valueOf(weightedTime))
            .divide(BigInteger.valueOf(timeOnSchedule * window));
    return ProofOfWork.compact(next.min(limit));
  }

  /** 1 + 2 + … + {@code count}. */
  private static long weights(int count) {
    return (long) count * (count + 1) / 2;
  }
}
