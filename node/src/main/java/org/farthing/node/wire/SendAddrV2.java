package org.farthing.node.wire;

import org.farthing.consensus.bytes.ByteWriter;

/** Before {@link Verack}: {@link AddrV2} is understood (BIP-0155). */
public record SendAddrV2() implements Message {
  @Override
  public MessageType type() {
    return MessageType.SENDADDRV2;
  }

  @Override
  public void writeTo(ByteWriter out) {}
}
