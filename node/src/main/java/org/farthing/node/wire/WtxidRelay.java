package org.farthing.node.wire;

import org.farthing.consensus.bytes.ByteWriter;

/** Before {@link Verack}: transactions are to be announced by wtxid (BIP-0339). */
public record WtxidRelay() implements Message {
  @Override
  public MessageType type() {
    return MessageType.WTXIDRELAY;
  }

  @Override
  public void writeTo(ByteWriter out) {}
}
