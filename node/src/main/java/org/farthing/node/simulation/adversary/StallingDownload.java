package org.farthing.node.simulation.adversary;

import java.util.List;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.node.transport.Connection;
import org.farthing.node.wire.Headers;

/** Passes headers on at once, so that others ask it for the blocks, which it never sends. */
final class StallingDownload extends ChainFollower {
  StallingDownload(Means means) {
    super(means);
  }

  @Override
  void found(BlockHeader header, Connection teller) {
    toOthers(teller, peer -> peer.send(new Headers(List.of(header))));
  }

  @Override
  void act(Connection connection) {
    // To do nothing is what it does.
  }
}
