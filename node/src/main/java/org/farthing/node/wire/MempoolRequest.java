package org.farthing.node.wire;

import org.farthing.consensus.bytes.ByteWriter;

/** Asks for the inventory of the whole mempool (BIP-0035). */
public record MempoolRequest() implements Message {
  @Override
  public MessageType type() {
    return MessageType.MEMPOOL;
  }

  @Override
  public void writeTo(ByteWriter out) {}
}
