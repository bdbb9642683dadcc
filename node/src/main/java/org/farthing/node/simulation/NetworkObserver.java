package org.farthing.node.simulation;

import org.farthing.node.wire.Message;
import org.farthing.node.wire.NetAddress;

/** Sees all that happens in a simulated network, and changes nothing. */
public interface NetworkObserver {
  /** Sees nothing. */
  NetworkObserver NONE = (from, to, message, bytes, fingerprint) -> {};

  /**
   * A message arrives.
   *
   * @param from the sender's end of the connection
   * @param to the receiver's end
   * @param bytes with the message's header
   * @param fingerprint of the payload: other messages have another one, most probably
   */
  void arrived(NetAddress from, NetAddress to, Message message, int bytes, int fingerprint);

  /** A connection stands, as who began it sees. */
  default void opened(NetAddress from, NetAddress to) {}

  /** One end of a connection is closed. */
  default void closed(NetAddress local, NetAddress remote, String reason) {}
}
