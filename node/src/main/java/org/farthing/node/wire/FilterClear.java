package org.farthing.node.wire;

import org.farthing.consensus.bytes.ByteWriter;

/** Everything is wanted again (BIP-0037). */
public record FilterClear() implements Message {
  @Override
  public MessageType type() {
    return MessageType.FILTERCLEAR;
  }

  @Override
  public void writeTo(ByteWriter out) {
    // Nothing follows.
  }
}
