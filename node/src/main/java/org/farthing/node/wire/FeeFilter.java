package org.farthing.node.wire;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/**
 * Transactions that pay less need not be announced (BIP-0133).
 *
 * @param satPerKvb any 64-bit number; one that is no amount of money means nothing
 */
public record FeeFilter(long satPerKvb) implements Message {
  static FeeFilter read(ByteReader in) throws DecodeException {
    return new FeeFilter(in.int64());
  }

  @Override
  public MessageType type() {
    return MessageType.FEEFILTER;
  }

  @Override
  public void writeTo(ByteWriter out) {
    out.int64(satPerKvb);
  }
}
