package org.farthing.node.transport;

import org.farthing.node.wire.Message;

/** What the protocol's decoder hands to the connection. */
sealed interface Received {
  /**
   * A message.
   *
   * @param size of its bytes with the header
   */
  record Whole(Message message, int size) implements Received {}

  /**
   * A message whose payload cannot be decoded.
   *
   * @param size of its bytes with the header
   */
  record Malformed(String command, String reason, int size) implements Received {}

  /** Bytes that are no message: nothing that follows can be understood. */
  record Broken(String reason) implements Received {}
}
