package org.farthing.node.wire;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.BlockHash;

/**
 * Asks for some transactions of a block (BIP-0152).
 *
 * @param indexes their places in the block, rising; on the wire stand the gaps between them
 */
public record GetBlockTxn(BlockHash block, List<Integer> indexes) implements Message {
  public GetBlockTxn {
    indexes = List.copyOf(indexes);
  }

  static GetBlockTxn read(ByteReader in) throws DecodeException {
    BlockHash block = BlockHash.read(in);
    int count = in.count(1);
    List<Integer> indexes = new ArrayList<>(count);
    long next = 0;
    for (int i = 0; i < count; i++) {
      long gap = in.compactSize();
      if (gap < 0 || gap > CmpctBlock.MAX_TRANSACTIONS - next) {
        throw new DecodeException("differential value overflow");
      }
      next += gap;
      indexes.add((int) next);
      next++;
    }
    return new GetBlockTxn(block, indexes);
  }

  @Override
  public MessageType type() {
    return MessageType.GETBLOCKTXN;
  }

  @Override
  public int sizeHint() {
    return BlockHash.SIZE + 3 + 3 * indexes.size();
  }

  @Override
  public void writeTo(ByteWriter out) {
    block.writeTo(out);
    out.compactSize(indexes.size());
    int next = 0;
    for (int index : indexes) {
      out.compactSize(index - next);
      next = index + 1;
    }
  }
}
