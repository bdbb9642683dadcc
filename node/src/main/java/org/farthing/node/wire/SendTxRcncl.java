package org.farthing.node.wire;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/**
 * Transactions can be announced by reconciliation (BIP-0330).
 *
 * @param version of reconciliation, unsigned in 32 bits
 * @param salt of the sender; that of both make the keys of short identifiers
 */
public record SendTxRcncl(long version, long salt) implements Message {
  /** The only version there is. */
  public static final long VERSION = 1;

  static SendTxRcncl read(ByteReader in) throws DecodeException {
    return new SendTxRcncl(in.uint32(), in.int64());
  }

  @Override
  public MessageType type() {
    return MessageType.SENDTXRCNCL;
  }

  @Override
  public void writeTo(ByteWriter out) {
    out.uint32(version).int64(salt);
  }
}
