package org.farthing.node.wire;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/**
 * From now on only what passes this filter is wanted (BIP-0037).
 *
 * @param bits the filter, of any length
 * @param hashFunctions how many, an unsigned 32-bit number
 * @param tweak 32 bits that make these hash functions different from others'
 * @param flags what is added to the filter when something passes; see BIP-0037
 */
public record FilterLoad(ByteString bits, long hashFunctions, int tweak, int flags)
    implements Message {
  static FilterLoad read(ByteReader in) throws DecodeException {
    return new FilterLoad(ByteString.of(in.varBytes()), in.uint32(), in.int32(), in.uint8());
  }

  @Override
  public MessageType type() {
    return MessageType.FILTERLOAD;
  }

  @Override
  public int sizeHint() {
    return bits.size() + 18;
  }

  @Override
  public void writeTo(ByteWriter out) {
    out.compactSize(bits.size());
    bits.writeTo(out);
    out.uint32(hashFunctions).int32(tweak).uint8(flags);
  }
}
