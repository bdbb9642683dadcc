package org.farthing.node.simulation.adversary;

import java.util.ArrayList;
import java.util.List;
import org.farthing.node.transport.Connection;
import org.farthing.node.wire.AddrV2;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.TimedAddress;

/**
 * Eclipse: who knows hardly any addresses but ours will call us alone. Half of what it tells are
 * accomplices, half are places where nobody listens, as many as a message can hold.
 */
final class AddressFlood extends Adversary {
  private static final int BYTES_OF_IPV4 = 4;

  AddressFlood(Means means) {
    super(means);
  }

  @Override
  void act(Connection connection) {
    List<TimedAddress> all = new ArrayList<>();
    for (int i = 0; i < TimedAddress.MAX_ADDRESSES; i++) {
      all.add(told(i % 2 == 0 ? nobody() : friend()));
    }
    connection.send(new AddrV2(all));
  }

  private NetAddress friend() {
    List<NetAddress> friends = means().accomplices();
    return friends.isEmpty() ? nobody() : friends.get(random().nextInt(friends.size()));
  }

  private NetAddress nobody() {
    byte[] ip = randomBytes(BYTES_OF_IPV4);
    // Above all networks that are reserved or used, below those of several receivers.
    ip[0] = (byte) (200 + random().nextInt(20));
    return NetAddress.of(AddressNetwork.IPV4, ip, 1 + random().nextInt(0xffff));
  }
}
