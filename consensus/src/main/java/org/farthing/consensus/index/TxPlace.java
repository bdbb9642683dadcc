package org.farthing.consensus.index;

import java.util.Optional;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.CompactSize;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.ChainReader;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.StoreException;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.Transaction;

/**
 * Where a transaction stands.
 *
 * @param block its block's number; see {@link BlockNumbers}
 * @param offset of its first byte in the block
 */
record TxPlace(int block, int offset) {
  /** Before and after all others. */
  static final TxPlace FIRST = new TxPlace(0, 0);

  static final TxPlace LAST = new TxPlace(Integer.MAX_VALUE, Integer.MAX_VALUE);

  void writeTo(ByteWriter out) {
    BlockNumbers.write(block, out);
    out.int32(Integer.reverseBytes(offset));
  }

  static TxPlace read(ByteReader in) throws DecodeException {
    int block = BlockNumbers.read(in);
    return new TxPlace(block, Integer.reverseBytes(in.int32()));
  }

  /** The offset of a block's first transaction. */
  static int firstOffset(Block block) {
    return BlockHeader.SIZE + CompactSize.sizeOf(block.transactions().size());
  }

  /**
   * The transaction that stands here in a block.
   *
   * @return empty where the block is not stored any more
   */
  Optional<Transaction> transaction(HeaderNode node, ChainReader chain) {
    return chain.blockBytes(node.hash()).map(bytes -> decode(node, bytes));
  }

  private Transaction decode(HeaderNode node, byte[] bytes) {
    try {
      if (offset > bytes.length) {
        throw new DecodeException("the block ends before");
      }
      return Transaction.read(new ByteReader(bytes, offset, bytes.length - offset));
    } catch (DecodeException e) {
      throw new StoreException(
          "no transaction at byte %d of the block %s: the index is damaged".formatted(offset, node),
          e);
    }
  }
}
