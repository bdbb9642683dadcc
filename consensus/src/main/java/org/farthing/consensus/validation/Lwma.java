package org.farthing.consensus.validation;

import java.math.BigInteger;
import java.util.List;
import org.farthing.consensus.params.Difficulty;
import org.farthing.consensus.primitives.BlockHeader;

/** LWMA-1 of zawy12: see {@link Difficulty.Lwma}. */
public final class Lwma {
  private Lwma() {}

  /**
   * The target of the next block, in compact form.
   *
   * @param last the headers before it, the oldest first: as many as there are, up to {@code window
   *     + 1}, at least one
   */
  public static int nextBits(Difficulty.Lwma rule, List<BlockHeader> last) {
    int window = rule.window();
    int solves = Math.min(window, last.size() - 1);
    BigInteger limit = ProofOfWork.target(rule.limitBits()).orElseThrow();
    // A young chain counts as if blocks at the easiest target had come on time before it.
    int missing = window - solves;
    BigInteger targets = limit.multiply(BigInteger.valueOf(missing));
    long weightedTime = (long) missing * (missing + 1) / 2 * rule.spacingSeconds();
    long previous = last.get(last.size() - 1 - solves).timeSeconds();
    for (int i = 1; i <= solves; i++) {
      BlockHeader header = last.get(last.size() - 1 - solves + i);
      long time = Math.max(header.timeSeconds(), previous + 1);
      weightedTime += Math.min(time - previous, rule.maxSolveSeconds()) * (missing + i);
      previous = time;
      targets = targets.add(ProofOfWork.target(header.bits()).orElseThrow());
    }
    long onTime = (long) window * (window + 1) / 2 * rule.spacingSeconds();
    BigInteger next =
        targets
            .multiply(BigInteger.valueOf(weightedTime))
            .divide(BigInteger.valueOf(onTime * window));
    return ProofOfWork.compact(next.min(limit));
  }
}
