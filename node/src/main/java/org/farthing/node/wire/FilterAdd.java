package org.farthing.node.wire;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/** What has this in it is wanted too (BIP-0037). */
public record FilterAdd(ByteString element) implements Message {
  static FilterAdd read(ByteReader in) throws DecodeException {
    return new FilterAdd(ByteString.of(in.varBytes()));
  }

  @Override
  public MessageType type() {
    return MessageType.FILTERADD;
  }

  @Override
  public int sizeHint() {
    return element.size() + 9;
  }

  @Override
  public void writeTo(ByteWriter out) {
    out.compactSize(element.size());
    element.writeTo(out);
  }
}
