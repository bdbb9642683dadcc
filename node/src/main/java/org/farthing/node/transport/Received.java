package org.farthing.node.transport;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.MessageCodec;

/** What the protocol's decoder hands to the connection. */
sealed interface Received {
  /**
   * What came of a payload.
   *
   * @param payload to be read
   * @param size of all the message's bytes on the way
   */
  static Received of(String command, ByteReader payload, int size) {
    int length = payload.remaining();
    try {
      return new Whole(MessageCodec.decode(command, payload), length, size);
    } catch (DecodeException e) {
      return new Malformed(command, length, size, e);
    }
  }

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
