package org.farthing.node.wire;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.Transaction;

/**
 * A transaction that is not to be announced yet, but to be handed on to one peer (BIP-0156). Only
 * for those who offer {@link Services#STEMS}.
 */
public record StemTx(Transaction transaction) implements Message {
  static StemTx read(ByteReader in) throws DecodeException {
    return new StemTx(Transaction.read(in));
  }

  @Override
  public MessageType type() {
    return MessageType.STEMTX;
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
