package org.farthing.node.peer;

import java.util.List;
import java.util.function.Consumer;
import org.farthing.node.wire.NetAddress;

/** What {@link ConnectionPlanner} needs of the network. */
public interface Dialer {
  /** Looks a host up; the answer, empty if there is none, comes later on the node thread. */
  void resolve(String host, Consumer<List<NetAddress>> then);

  /** Starts to connect. */
  void dial(NetAddress address, ConnectionKind kind);

  /** A connection to this address stands or is being made. */
  boolean isTaken(NetAddress address);

  /** Connections of this kind that stand or are being made. */
  int count(ConnectionKind kind);
}
