package org.farthing.node.wire;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.BlockHash;

/**
 * Asks for a {@link CFCheckpt} up to a block (BIP-0157).
 *
 * @param filterType as in {@link FilterRange}
 */
public record GetCFCheckpt(int filterType, BlockHash stop) implements Message {
  static GetCFCheckpt read(ByteReader in) throws DecodeException {
    return new GetCFCheckpt(in.uint8(), BlockHash.read(in));
  }

  @Override
  public MessageType type() {
    return MessageType.GETCFCHECKPT;
  }

  @Override
  public void writeTo(ByteWriter out) {
    out.uint8(filterType);
    stop.writeTo(out);
  }
}
