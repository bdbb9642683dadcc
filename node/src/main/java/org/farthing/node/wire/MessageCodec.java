package org.farthing.node.wire;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/**
 * Messages to and from their payloads. Reading is as strict and as lenient as Bitcoin Core's: what
 * is missing or malformed is refused, bytes behind the end are ignored, since later versions of the
 * protocol may add to a message. Nothing allocated is larger than a small multiple of what was
 * received.
 */
public final class MessageCodec {
  private MessageCodec() {}

  /** The payload. */
  public static byte[] encode(Message message) {
    ByteWriter out = new ByteWriter(message.sizeHint());
    message.writeTo(out);
    return out.toByteArray();
  }

  /** Reads a payload. One whose command we do not decode comes as {@link UnknownMessage}. */
  public static Message decode(String command, byte[] payload) throws DecodeException {
    return decode(command, new ByteReader(payload));
  }

  /** The same of what is left to be read. */
  public static Message decode(String command, ByteReader payload) throws DecodeException {
    MessageType type = MessageType.of(command);
    return type.isDecoded() ? type.read(payload) : new UnknownMessage(command, payload.rest());
  }
}
