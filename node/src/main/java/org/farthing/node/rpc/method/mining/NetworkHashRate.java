package org.farthing.node.rpc.method.mining;

import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.params.Difficulty;

/** How fast a whole network hashes, as its blocks tell. */
final class NetworkHashRate {
  /** What is looked at if nobody says how many. */
  static final int BLOCKS = 120;

  private NetworkHashRate() {}

  /** How many blocks there are since the target may have changed last. */
  static int sinceLastChange(HeaderNode last, Difficulty difficulty) {
    return difficulty instanceof Difficulty.Periodic periodic
        ? last.height() % periodic.period() + 1
        : 1;
  }

  /**
   * Hashes per second: the work of the last blocks, over the time between them.
   *
   * @param last of the blocks
   * @param blocks how many; those before the genesis don't count
   */
  static double perSecond(HeaderNode last, int blocks) {
    HeaderNode first = last.ancestor(Math.max(0, last.height() - blocks));
    long least = last.header().timeSeconds();
    long most = least;
    for (HeaderNode node = last; node != first; node = node.parent()) {
      least = Math.min(least, node.parent().header().timeSeconds());
      most = Math.max(most, node.parent().header().timeSeconds());
    }
    return most == least
        ? 0
        : last.chainWork().subtract(first.chainWork()).doubleValue() / (most - least);
  }
}
