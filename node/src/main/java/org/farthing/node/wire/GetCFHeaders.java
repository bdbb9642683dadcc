package org.farthing.node.wire;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/** Asks for {@link CFHeaders} of a range (BIP-0157). */
public record GetCFHeaders(FilterRange range) implements Message {
  static GetCFHeaders read(ByteReader in) throws DecodeException {
    return new GetCFHeaders(FilterRange.read(in));
  }

  @Override
  public MessageType type() {
    return MessageType.GETCFHEADERS;
  }

  @Override
  public void writeTo(ByteWriter out) {
    range.writeTo(out);
  }
}
