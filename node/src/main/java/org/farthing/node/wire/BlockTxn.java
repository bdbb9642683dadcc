package org.farthing.node.wire;

import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Transaction;

/** The transactions of a block that {@link GetBlockTxn} asked for, in its order (BIP-0152). */
public record BlockTxn(BlockHash block, List<Transaction> transactions) implements Message {
  public BlockTxn {
    transactions = List.copyOf(transactions);
  }

  static BlockTxn read(ByteReader in) throws DecodeException {
    BlockHash block = BlockHash.read(in);
    return new BlockTxn(block, in.list(in.count(Transaction.MIN_SIZE), Transaction::read));
  }

  @Override
  public MessageType type() {
    return MessageType.BLOCKTXN;
  }

  @Override
  public int sizeHint() {
    return BlockHash.SIZE + 9 + transactions.stream().mapToInt(Transaction::totalSize).sum();
  }

  @Override
  public void writeTo(ByteWriter out) {
    block.writeTo(out);
    WireLists.write(out, transactions, Transaction::writeTo);
  }
}
