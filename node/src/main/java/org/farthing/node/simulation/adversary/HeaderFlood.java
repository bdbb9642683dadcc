package org.farthing.node.simulation.adversary;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.node.transport.Connection;
import org.farthing.node.wire.Headers;

/**
 * Headers cost nothing where the target is easy. Each branch is another one, with good proof of
 * work, and much less of it than the chain that everybody has.
 */
final class HeaderFlood extends Adversary {
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
}
