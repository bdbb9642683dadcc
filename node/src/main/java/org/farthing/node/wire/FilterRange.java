package org.farthing.node.wire;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.BlockHash;

/**
 * A stretch of blocks whose filters are wanted (BIP-0157).
 *
 * @param filterType which filter, an unsigned byte: {@link #BASIC}
 * @param startHeight of the first block, an unsigned 32-bit number
 * @param stop the last block; it decides on which branch
 */
public record FilterRange(int filterType, long startHeight, BlockHash stop) {
  /** The only type that is defined (BIP-0158). */
  public static final int BASIC = 0;

  static FilterRange read(ByteReader in) throws DecodeException {
    return new FilterRange(in.uint8(), in.uint32(), BlockHash.read(in));
  }

  void writeTo(ByteWriter out) {
    out.uint8(filterType).uint32(startHeight);
    stop.writeTo(out);
  }
}
