package org.farthing.node.wire;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/** Asks for a {@link CFilter} for each block of a range (BIP-0157). */
public record GetCFilters(FilterRange range) implements Message {
  static GetCFilters read(ByteReader in) throws DecodeException {
    return new GetCFilters(FilterRange.read(in));
  }

  @Override
  public MessageType type() {
    return MessageType.GETCFILTERS;
  }

  @Override
  public void writeTo(ByteWriter out) {
    range.writeTo(out);
  }
}
