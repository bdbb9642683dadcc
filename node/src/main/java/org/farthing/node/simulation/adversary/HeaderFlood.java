package org.farthing.node.simulation.adversary;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.MerkleRoot;
import org.farthing.node.mining.HashSearch;
import org.farthing.node.transport.Connection;
import org.farthing.node.wire.Headers;

/**
 * Headers cost nothing where the target is easy. Each branch is another one, with good proof of
 * work, and much less of it than the chain that everybody has.
 */
final class HeaderFlood extends Adversary {
  private static final int VERSION = 0x20000000;
  private static final int LENGTH = 100;

  HeaderFlood(Means means) {
    super(means);
  }

  @Override
  void act(Connection connection) {
    List<BlockHeader> branch = new ArrayList<>();
    BlockHeader last = ConsensusParams.regtest().genesis().header();
    for (int i = 0; i < LENGTH; i++) {
      last = after(last, last.timeSeconds() + 1);
      branch.add(last);
    }
    connection.send(new Headers(branch));
  }

  private BlockHeader after(BlockHeader parent, long timeSeconds) {
    return solved(parent, MerkleRoot.of(randomBytes(MerkleRoot.SIZE)), timeSeconds);
  }

  /** A header of regtest with proof of work. */
  static BlockHeader solved(BlockHeader parent, MerkleRoot root, long timeSeconds) {
    BlockHeader draft =
        new BlockHeader(VERSION, parent.hash(), root, timeSeconds, parent.bits(), 0);
    return new HashSearch(draft).search(1L << 32).orElseThrow();
  }
}
