package org.farthing.node.wire;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.Transaction;

/** A transaction, with its witness if it has one. */
public record TxMessage(Transaction transaction) implements Message {
  static TxMessage read(ByteReader in) throws DecodeException {
    return new TxMessage(Transaction.read(in));
  }

  @Override
  public MessageType type() {
    return MessageType.TX;
  }

  @Override
  public int sizeHint() {
    return transaction.totalSize();
  }

  @Override
  public void writeTo(ByteWriter out) {
    transaction.writeTo(out);
  }
}
