package org.farthing.node.simulation;

import org.farthing.node.wire.Message;
import org.farthing.node.wire.NetAddress;

/** Sees all that happens in a simulated network, and changes nothing. */
public interface NetworkObserver {
  /** Sees nothing. */
  NetworkObserver NONE = passage -> {};

  /**
   * A message on its way from one machine to another.
   *
   * @param sender the machine that it comes from, whatever the receiver is told; its port is 0
   * @param from the sender's end of the connection, as the receiver sees it
   * @param to the receiver's end
   * @param bytes with the message's header
   * @param fingerprint of the payload: other messages have another one, most probably
   */
  record Passage(
      NetAddress sender,
      NetAddress from,
      NetAddress to,
      Message message,
      int bytes,
      int fingerprint) {}

  /** A message arrives. */
  void arrived(Passage passage);

  /** A connection stands, as who began it sees. */
  default void opened(NetAddress from, NetAddress to) {}

  /** One end of a connection is closed. */
  default void closed(NetAddress local, NetAddress remote, String reason) {}
}
