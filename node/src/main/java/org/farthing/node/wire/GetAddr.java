package org.farthing.node.wire;

import org.farthing.consensus.bytes.ByteWriter;

/** Asks for addresses of other nodes. */
public record GetAddr() implements Message {
  @Override
  public MessageType type() {
    return MessageType.GETADDR;
  }

  @Override
  public void writeTo(ByteWriter out) {}
}
