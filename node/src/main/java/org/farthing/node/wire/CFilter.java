package org.farthing.node.wire;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.filter.BlockFilter;
import org.farthing.consensus.primitives.BlockHash;

/**
 * The filter of a block (BIP-0157).
 *
 * @param filterType as in {@link FilterRange}
 */
public record CFilter(int filterType, BlockFilter filter) implements Message {
  static CFilter read(ByteReader in) throws DecodeException {
    int filterType = in.uint8();
    BlockHash block = BlockHash.read(in);
    return new CFilter(filterType, BlockFilter.decode(block, in.varBytes()));
  }

  @Override
  public MessageType type() {
    return MessageType.CFILTER;
  }

  @Override
  public void writeTo(ByteWriter out) {
    out.uint8(filterType);
    filter.block().writeTo(out);
    out.varBytes(filter.encoded());
  }
}
