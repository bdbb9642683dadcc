package org.farthing.node.simulation.adversary;

import java.util.List;
import org.farthing.node.transport.Connection;
import org.farthing.node.wire.AddrV2;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Version;

/**
 * Tells each node its own address, so that it calls itself; and gives it back the nonce with which
 * it called us, so that it takes us for itself.
 */
final class SelfConnection extends Adversary {
  private long lastNonce;

  SelfConnection(Means means) {
    super(means);
  }

  @Override
  void heard(Connection connection, Message message) {
    super.heard(connection, message);
    if (message instanceof Version version && connection.inbound()) {
      lastNonce = version.nonce();
    }
  }

  @Override
  long nonce(Connection connection) {
    long own = super.nonce(connection);
    return lastNonce == 0 || connection.inbound() ? own : lastNonce;
  }

  @Override
  void act(Connection connection) {
    NetAddress self = connection.remote();
    List<NetAddress> disguises =
        means().targets().stream().filter(each -> each.host().equals(self.host())).toList();
    for (NetAddress address : disguises) {
      connection.send(new AddrV2(List.of(told(address))));
    }
  }
}
