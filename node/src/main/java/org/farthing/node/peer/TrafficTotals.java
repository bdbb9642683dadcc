package org.farthing.node.peer;

import java.util.Collection;
import org.farthing.node.transport.Traffic;

/** What has travelled on all connections, those that are over included. */
public final class TrafficTotals {
  private long sent;
  private long received;

  /** Both ways, with all that belongs to messages. */
  public record Bytes(long sent, long received) {}

  void closed(Traffic traffic) {
    sent += traffic.sent();
    received += traffic.received();
  }

  Bytes with(Collection<Peer> standing) {
    long nowSent = sent;
    long nowReceived = received;
    for (Peer peer : standing) {
      Traffic traffic = peer.connection().traffic();
      nowSent += traffic.sent();
      nowReceived += traffic.received();
    }
    return new Bytes(nowSent, nowReceived);
  }
}
