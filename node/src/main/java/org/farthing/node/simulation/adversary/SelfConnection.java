package org.farthing.node.simulation.adversary;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.farthing.node.transport.Connection;
import org.farthing.node.wire.AddrV2;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Version;

/**
 * Tells each node its own address, so that it calls itself. And who calls us waits for an answer
 * until we have called it with the nonce that it called us with, so that it takes us for itself.
 */
final class SelfConnection extends Adversary {
  private static final long WAIT_MILLIS = 3000;

  private final Map<NetAddress, Long> nonces = new HashMap<>();

  SelfConnection(Means means) {
    super(means);
  }

  @Override
  void greeted(Connection connection, Version theirs) {
    if (!connection.inbound() || means().targets().isEmpty()) {
      answer(connection);
      return;
    }
    List<NetAddress> known = targetsAt(connection);
    int usualPort = means().targets().get(0).port();
    List<NetAddress> callers =
        known.isEmpty() ? List.of(connection.remote().withPort(usualPort)) : known;
    for (NetAddress caller : callers) {
      nonces.put(caller, theirs.nonce());
      dial(caller);
    }
    means().scheduler().after(WAIT_MILLIS, () -> answer(connection));
  }

  /** Where the node takes calls that is at the other end. */
  private List<NetAddress> targetsAt(Connection connection) {
    String host = connection.remote().host();
    return means().targets().stream().filter(each -> each.host().equals(host)).toList();
  }

  @Override
  long nonce(Connection connection) {
    Long theirs = connection.inbound() ? null : nonces.remove(connection.remote());
    return theirs == null ? super.nonce(connection) : theirs;
  }

  @Override
  void act(Connection connection) {
    targetsAt(connection).forEach(address -> connection.send(new AddrV2(List.of(told(address)))));
  }
}
