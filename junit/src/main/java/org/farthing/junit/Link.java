package org.farthing.junit;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.farthing.node.peer.Call;
import org.farthing.node.peer.ConnectionKind;
import org.farthing.node.peer.Peer;
import org.farthing.node.wire.NetAddress;

/**
 * That two nodes are to be connected, over a socket from the first to the second.
 *
 * @param from calls
 * @param to listens
 */
record Link(RegtestNode from, RegtestNode to) {
  boolean joins(RegtestNode one, RegtestNode other) {
    return (from == one && to == other) || (from == other && to == one);
  }

  /** Connects, and returns when both sides have shaken hands. */
  void open() {
    NetAddress address = NetAddress.of(to.p2pAddress());
    from.inside()
        .call(
            () -> {
              from.inside().core().peers().dial(Call.to(address, ConnectionKind.MANUAL));
              return null;
            });
    Wait.until(this::isOpen, Wait.LIMIT, () -> from + " and " + to + " have not connected");
  }

  /** Ends the connection, and returns when neither side counts the other as its peer. */
  void close() {
    Optional<InetSocketAddress> caller = caller();
    from.inside()
        .call(
            () -> {
              outbound().ifPresent(peer -> from.inside().core().peers().disconnect(peer, "cut"));
              return null;
            });
    Wait.until(
        () -> !isOutboundThere() && caller.flatMap(this::inbound).isEmpty(),
        Wait.LIMIT,
        () -> from + " and " + to + " have not disconnected");
  }

  private boolean isOpen() {
    return caller().flatMap(this::inbound).filter(Peer::isReady).isPresent();
  }

  private boolean isOutboundThere() {
    return from.inside().call(() -> outbound().isPresent());
  }

  /** The address that the second node sees the first one at, once the first is ready. */
  private Optional<InetSocketAddress> caller() {
    return from.inside()
        .call(
            () ->
                outbound()
                    .filter(Peer::isReady)
                    .flatMap(peer -> peer.connection().local().toSocketAddress()));
  }

  /** On the first node's thread. */
  private Optional<Peer> outbound() {
    NetAddress address = NetAddress.of(to.p2pAddress());
    return from.inside().core().peers().all().stream()
        .filter(peer -> !peer.isInbound() && peer.address().equals(address))
        .findFirst();
  }

  private Optional<Peer> inbound(InetSocketAddress caller) {
    NetAddress address = NetAddress.of(caller);
    return to.inside()
        .call(
            () ->
                to.inside().core().peers().all().stream()
                    .filter(peer -> peer.isInbound() && peer.address().equals(address))
                    .findFirst());
  }
}
