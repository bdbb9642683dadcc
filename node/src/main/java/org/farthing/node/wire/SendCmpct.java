package org.farthing.node.wire;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/**
 * Compact blocks are understood (BIP-0152).
 *
 * @param announce 1 where new blocks are wanted so at once, unasked, and otherwise 0; nothing else
 *     is allowed
 * @param version of the encoding; 2 is the one with wtxids
 */
public record SendCmpct(int announce, long version) implements Message {
  /** The encoding with wtxids. */
  public static final long WITH_WITNESSES = 2;

  static SendCmpct read(ByteReader in) throws DecodeException {
    return new SendCmpct(in.uint8(), in.int64());
  }

  @Override
  public MessageType type() {
    return MessageType.SENDCMPCT;
  }

  @Override
  public void writeTo(ByteWriter out) {
    out.uint8(announce).int64(version);
  }
}
