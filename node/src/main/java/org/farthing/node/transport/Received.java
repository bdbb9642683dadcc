package org.farthing.node.transport;

import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.wire.FrameHeader;
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
   * @param payloadBytes its size without the header
   */
  record Malformed(String command, int payloadBytes, DecodeException problem) implements Received {
    /** Of its bytes with the header. */
    int size() {
      return FrameHeader.SIZE + payloadBytes;
    }
  }

  /** A message that was dropped: it is not what its header says, or has no name. */
  record Dropped(String reason) implements Received {}

  /** Bytes that are no message: nothing that follows can be understood. */
  record Broken(String reason) implements Received {}
}
