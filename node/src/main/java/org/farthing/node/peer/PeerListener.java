package org.farthing.node.peer;

import org.farthing.node.wire.Message;

/** What the protocol wants to know of connections; called on the node thread. */
public interface PeerListener {
  /** The peer has said who it is; the handshake goes on. */
  void introduced(Peer peer);

  /** The handshake is over: the peer can be talked to. */
  void ready(Peer peer);

  /** A message of a peer that is ready. */
  void received(Peer peer, Message message);

  /** The peer takes more again. */
  void writable(Peer peer);

  /** A peer that was ready is gone. */
  void left(Peer peer);
}
