package org.farthing.node.transport;

import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.wire.Message;

/** What the protocol's decoder hands to the connection. */
sealed interface Received {
  /**
   * A message.
   *
   * @param payloadBytes the size of its payload
   * @param size of all its bytes on the way
   */
  record Whole(Message message, int payloadBytes, int size) implements Received {}

  /**
   * A message whose payload cannot be decoded.
   *
   * @param payloadBytes the size of the payload
   * @param size of all its bytes on the way
   */
  record Malformed(String command, int payloadBytes, int size, DecodeException problem)
      implements Received {}

  /** A message that was dropped: it is not what its header says, or has no name. */
  record Dropped(String reason) implements Received {}

  /** Bytes that are no message: nothing that follows can be understood. */
  record Broken(String reason) implements Received {}
}
