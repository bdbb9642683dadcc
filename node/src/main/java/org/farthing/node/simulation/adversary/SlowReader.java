package org.farthing.node.simulation.adversary;

import java.util.List;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.node.transport.Connection;
import org.farthing.node.wire.GetData;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.InvType;

/** Asks for the whole chain again and again, and reads nothing of it. */
final class SlowReader extends ChainFollower {
  /** In one turn. */
  private static final int TIMES = 20;

  SlowReader(Means means) {
    super(means);
  }

  @Override
  void found(BlockHeader header, Connection teller) {
    // It is asked for with all others.
  }

  @Override
  void act(Connection connection) {
    List<InvItem> wanted =
        all().stream().map(header -> new InvItem(InvType.WITNESS_BLOCK, header.hash())).toList();
    if (!wanted.isEmpty()) {
      connection.setReading(false);
      for (int i = 0; i < TIMES; i++) {
        connection.send(new GetData(wanted));
      }
    }
  }
}
