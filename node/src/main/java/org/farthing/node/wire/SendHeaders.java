package org.farthing.node.wire;

import org.farthing.consensus.bytes.ByteWriter;

/** New blocks are to be announced by {@link Headers} (BIP-0130). */
public record SendHeaders() implements Message {
  @Override
  public MessageType type() {
    return MessageType.SENDHEADERS;
  }

  @Override
  public void writeTo(ByteWriter out) {}
}
