package org.farthing.node.simulation.adversary;

import java.util.List;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.node.transport.Connection;
import org.farthing.node.wire.Headers;

/**
 * Says that it is more than an hour later than it is, as many of us as there are; and tells of
 * blocks from three hours ahead, which would be the best chain if somebody believed it.
 */
final class TimeWarp extends ChainFollower {
  private static final long LIE_SECONDS = 69 * 60;
  private static final long AHEAD_SECONDS = 3 * 60 * 60;

  TimeWarp(Means means) {
    super(means);
  }

  @Override
  long saidSeconds() {
    return super.saidSeconds() + LIE_SECONDS;
  }

  @Override
  void found(BlockHeader header, Connection teller) {
    // It lies about its own blocks.
  }

  @Override
  void act(Connection connection) {
    if (tip() != null) {
      long ahead = clock().nowSeconds() + AHEAD_SECONDS;
      connection.send(new Headers(List.of(after(tip(), ahead))));
    }
  }
}
