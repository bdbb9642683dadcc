package org.farthing.node.wire;

import org.farthing.consensus.bytes.ByteWriter;

/** A ping of a peer that does not know {@link Pong}: it wants no answer (before BIP-0031). */
public record EmptyPing() implements Message {
  @Override
  public MessageType type() {
    return MessageType.PING;
  }

  @Override
  public void writeTo(ByteWriter out) {}
}
