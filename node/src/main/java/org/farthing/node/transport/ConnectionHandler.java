package org.farthing.node.transport;

import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.NetAddress;

/**
 * What a node does with its connections. Called on the transport's executor, never two at once for
 * one connection.
 */
public interface ConnectionHandler {
  /** A connection is there; first call for it. */
  void connected(Connection connection);

  void received(Connection connection, Message message);

  /**
   * A message came whose payload cannot be decoded. It is dropped; this closes the connection too,
   * unless it is overridden.
   *
   * @param command of the message
   * @param payloadBytes its size without the header
   */
  default void malformed(
      Connection connection, String command, int payloadBytes, DecodeException problem) {
    connection.close("malformed " + command + ": " + problem.getMessage());
  }

  /** {@link Connection#writable} is true again. */
  default void writable(Connection connection) {}

  /** The connection is gone; last call for it. */
  void closed(Connection connection, String reason);

  /** A connection that was asked for did not come about; the only call for it. */
  void failed(NetAddress to, String reason);
}
