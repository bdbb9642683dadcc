package org.farthing.node.sync;

import java.util.Set;
import org.farthing.node.peer.ConnectionKind;
import org.farthing.node.peer.Handshake;
import org.farthing.node.peer.Peer;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Services;
import org.farthing.node.wire.Verack;
import org.farthing.node.wire.Version;

/** Peers that have introduced themselves, over connections that nothing travels on. */
final class TestPeers {
  private TestPeers() {}

  /**
   * @param services that the peer offers
   */
  static Peer introduced(long id, ConnectionKind kind, long services, long nowMillis) {
    return introduced(id, NetAddress.NONE, kind, services, nowMillis);
  }

  /** The same at an address. */
  static Peer introduced(
      long id, NetAddress address, ConnectionKind kind, long services, long nowMillis) {
    Handshake handshake =
        new Handshake(kind == ConnectionKind.INBOUND, version(Services.NONE, 1), nonce -> false);
    handshake.received(version(services, 2));
    handshake.received(new Verack());
    return new Peer(new SilentConnection(id, address), kind, Set.of(), handshake, nowMillis);
  }

  private static Version version(long services, long nonce) {
    return new Version(
        Version.PROTOCOL,
        services,
        0,
        Version.Endpoint.NONE,
        Version.Endpoint.NONE,
        nonce,
        new Version.Client("/test/", 0, true));
  }
}
