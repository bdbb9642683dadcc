package org.farthing.node.simulation;

import org.farthing.node.wire.Message;
import org.farthing.node.wire.NetAddress;

/** Two who see the same. */
record Both(NetworkObserver one, NetworkObserver other) implements NetworkObserver {
  @Override
  public void arrived(NetAddress from, NetAddress to, Message message, int bytes, int fingerprint) {
    one.arrived(from, to, message, bytes, fingerprint);
    other.arrived(from, to, message, bytes, fingerprint);
  }

  @Override
  public void opened(NetAddress from, NetAddress to) {
    one.opened(from, to);
    other.opened(from, to);
  }

  @Override
  public void closed(NetAddress local, NetAddress remote, String reason) {
    one.closed(local, remote, reason);
    other.closed(local, remote, reason);
  }
}
