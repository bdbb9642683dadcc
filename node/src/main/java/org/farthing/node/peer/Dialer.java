package org.farthing.node.peer;

import java.util.List;
import java.util.function.Consumer;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.NetAddress;

/** What {@link ConnectionPlanner} needs of the network. */
public interface Dialer {
  /** Looks a host up; the answer, empty if there is none, comes later on the node thread. */
  void resolve(String host, Consumer<List<NetAddress>> then);

  /** Starts to connect, unless a connection to the address stands or is being made. */
  void dial(Call call);

  /** Whether a peer at this address may be chosen: it is not banned, and has not misbehaved. */
  boolean isWelcome(NetAddress address);

  /** Whether peers of this network can be called. */
  boolean isReachable(AddressNetwork network);

  /**
   * How many connections of this kind there may be; none while there is no network. Feelers and
   * calls for addresses share the number of all that we choose.
   */
  int slots(ConnectionKind kind);

  /** A connection to this address stands or is being made. */
  boolean isTaken(NetAddress address);

  /** The connections that we made and that are being made; of those that stand the oldest first. */
  List<Outgoing> outgoing();

  /** Whether a peer that offers this is of use to us. */
  boolean suits(long services);
}
