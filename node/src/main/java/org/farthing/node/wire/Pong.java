package org.farthing.node.wire;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/** Answers {@link Ping} (BIP-0031). */
public record Pong(long nonce) implements Message {
  static Message read(ByteReader in) throws DecodeException {
    return in.remaining() < Long.BYTES ? new ShortPong() : new Pong(in.int64());
  }

  @Override
  public MessageType type() {
    return MessageType.PONG;
  }

  @Override
  public void writeTo(ByteWriter out) {
    out.int64(nonce);
  }
}
