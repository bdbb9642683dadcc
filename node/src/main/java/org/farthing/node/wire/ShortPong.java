package org.farthing.node.wire;

import org.farthing.consensus.bytes.ByteWriter;

/** A pong too short for a nonce: it answers no ping, and some old peers send it. */
public record ShortPong() implements Message {
  @Override
  public MessageType type() {
    return MessageType.PONG;
  }

  @Override
  public void writeTo(ByteWriter out) {}
}
