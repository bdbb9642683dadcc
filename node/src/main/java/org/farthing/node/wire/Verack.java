package org.farthing.node.wire;

import org.farthing.consensus.bytes.ByteWriter;

/** Answers {@link Version}: both sides have said who they are. */
public record Verack() implements Message {
  @Override
  public MessageType type() {
    return MessageType.VERACK;
  }

  @Override
  public void writeTo(ByteWriter out) {}
}
