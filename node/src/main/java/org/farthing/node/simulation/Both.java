package org.farthing.node.simulation;

import org.farthing.node.wire.NetAddress;

/** Two who see the same. */
record Both(NetworkObserver one, NetworkObserver other) implements NetworkObserver {
  @Override
  public void arrived(Passage passage) {
    one.arrived(passage);
    other.arrived(passage);
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
