package org.farthing.node.peer;

import org.farthing.node.wire.Message;

/** Where the protocol's machines put what is to be done to a peer. */
public interface Outbox {
  void send(Peer peer, Message message);

  /** Ends the connection; nothing more is sent to this peer or taken from it. */
  void disconnect(Peer peer, String reason);

  /**
   * The peer broke a rule that everybody keeps. It loses the connection, unless the operator chose
   * it, or allows it such things.
   */
  void punish(Peer peer, String reason);
}
