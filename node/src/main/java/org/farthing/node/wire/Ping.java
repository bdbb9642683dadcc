package org.farthing.node.wire;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/** Asks for a {@link Pong} with the same nonce (BIP-0031). */
public record Ping(long nonce) implements Message {
  static Message read(ByteReader in) throws DecodeException {
    return in.remaining() == 0 ? new EmptyPing() : new Ping(in.int64());
  }

  @Override
  public MessageType type() {
    return MessageType.PING;
  }

  @Override
  public void writeTo(ByteWriter out) {
    out.int64(nonce);
  }
}
