package org.farthing.node.peer;

import org.farthing.node.wire.NetAddress;

/** A connection that we made, or that is being made. */
public record Outgoing(NetAddress address, ConnectionKind kind, Stage stage) {
  /** How far it has come. */
  public enum Stage {
    /** It does not stand yet. */
    DIALING,
    /** It stands, and the handshake goes on. */
    CONNECTED,
    /** The handshake is over. */
    READY
  }

  static Outgoing to(Peer peer) {
    return new Outgoing(
        peer.address(), peer.kind(), peer.isReady() ? Stage.READY : Stage.CONNECTED);
  }

  boolean isReady() {
    return stage == Stage.READY;
  }
}
