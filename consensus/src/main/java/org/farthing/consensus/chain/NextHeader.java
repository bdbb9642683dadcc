package org.farthing.consensus.chain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Difficulty;
import org.farthing.consensus.validation.HeaderContext;
import org.farthing.consensus.validation.Lwma;

/** What a chain says of the header that comes next. */
final class NextHeader {
  private NextHeader() {}

  static HeaderContext after(HeaderNode parent, ConsensusParams params) {
    return new HeaderContext(
        parent.height() + 1, parent.medianTimePast(), bitsAfter(parent, params.difficulty()));
  }

  /** The target of the header after {@code parent}, in compact form. */
  static int bitsAfter(HeaderNode parent, Difficulty difficulty) {
    if (difficulty instanceof Difficulty.Lwma lwma) {
      return Lwma.nextBits(lwma, last(parent, lwma.window() + 1));
    }
    return difficulty.limitBits();
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
