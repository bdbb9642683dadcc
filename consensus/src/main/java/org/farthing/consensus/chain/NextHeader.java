package org.farthing.consensus.chain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Difficulty;
import org.farthing.consensus.params.Difficulty.Variation;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.validation.HeaderChecks;
import org.farthing.consensus.validation.HeaderContext;
import org.farthing.consensus.validation.Lwma;
import org.farthing.consensus.validation.Retarget;

/** What a chain says of the header that comes next. */
final class NextHeader {
  private NextHeader() {}

  static HeaderContext contextOf(BlockHeader header, HeaderNode parent, ConsensusParams params) {
    return new HeaderContext(
        parent.height() + 1,
        parent.header().timeSeconds(),
        parent.medianTimePast(),
        bitsAfter(parent, header.timeSeconds(), params.difficulty()));
  }

  /**
   * The least time that a miner should give the header after {@code parent}, in seconds since 1970.
   * It keeps BIP-0094's rule on all networks, so that the rule could come to any of them.
   */
  static long minimumTime(HeaderNode parent, Difficulty difficulty) {
    long afterMedian = parent.medianTimePast() + 1;
    long afterParent = parent.header().timeSeconds() - HeaderChecks.MAX_TIMEWARP_SECONDS;
    return Retarget.beginsPeriod(parent.height() + 1, difficulty)
        ? Math.max(afterMedian, afterParent)
        : afterMedian;
  }

  /**
   * The target of the header after {@code parent}, in compact form.
   *
   * @param timeSeconds that header's time, in seconds since 1970
   */
  static int bitsAfter(HeaderNode parent, long timeSeconds, Difficulty difficulty) {
    if (difficulty instanceof Difficulty.Lwma lwma) {
      return Lwma.nextBits(lwma, last(parent, lwma.window() + 1));
    }
    return difficulty instanceof Difficulty.Retarget retarget
        ? retargeted(parent, timeSeconds, retarget)
        : difficulty.limitBits();
  }

  private static int retargeted(HeaderNode parent, long timeSeconds, Difficulty.Retarget rule) {
    int height = parent.height() + 1;
    if (height % rule.period() == 0) {
      HeaderNode first = parent.ancestor(height - rule.period());
      HeaderNode base = rule.has(Variation.BIP94) ? first : parent;
      long tookSeconds = parent.header().timeSeconds() - first.header().timeSeconds();
      return Retarget.nextBits(rule, base.header().bits(), tookSeconds);
    }
    if (!rule.has(Variation.EASIEST_AFTER_A_PAUSE)) {
      return parent.header().bits();
    }
    boolean afterAPause = timeSeconds > parent.header().timeSeconds() + 2L * rule.spacingSeconds();
    return afterAPause ? rule.limitBits() : lastRealBits(parent, rule);
  }

  /** The target before the last exceptions; the first block of a period is none. */
  private static int lastRealBits(HeaderNode parent, Difficulty.Retarget rule) {
    HeaderNode node = parent;
    while (node.header().bits() == rule.limitBits() && node.height() % rule.period() != 0) {
      node = node.parent();
    }
    return node.header().bits();
  }

  /** The oldest first. */
  private static List<Lwma.Sample> last(HeaderNode end, int count) {
    List<Lwma.Sample> samples = new ArrayList<>(count);
    for (HeaderNode node = end; node != null && samples.size() < count; node = node.parent()) {
      samples.add(new Lwma.Sample(node.medianTimePast(), node.header().bits()));
    }
    Collections.reverse(samples);
    return samples;
  }
}
