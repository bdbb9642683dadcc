package org.farthing.node.wire;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/**
 * Compact blocks are understood (BIP-0152).
 *
 * @param highBandwidth whether new blocks are wanted so at once, unasked
 * @param version of the encoding; 2 is the one with wtxids
 */
public record SendCmpct(boolean highBandwidth, long version) implements Message {
  static SendCmpct read(ByteReader in) throws DecodeException {
    return new SendCmpct(in.uint8() != 0, in.int64());
  }

  @Override
  public MessageType type() {
    return MessageType.SENDCMPCT;
  }

  @Override
  public void writeTo(ByteWriter out) {
    out.uint8(highBandwidth ? 1 : 0).int64(version);
  }
}
