package org.farthing.node.simulation.adversary;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.primitives.Wtxid;
import org.farthing.node.transport.Connection;
import org.farthing.node.wire.Inv;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.InvType;

/** Five hundred transactions a second that nobody can deliver. */
final class InventoryFlood extends Adversary {
  private static final int ITEMS = 500;

  InventoryFlood(Means means) {
    super(means);
  }

  @Override
  void act(Connection connection) {
    List<InvItem> items = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      items.add(new InvItem(InvType.WTX, Wtxid.of(randomBytes(Wtxid.SIZE))));
    }
    connection.send(new Inv(items));
  }
}
