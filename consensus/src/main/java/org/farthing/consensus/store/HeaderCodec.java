package org.farthing.consensus.store;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.BlockStatus;
import org.farthing.consensus.chain.StoredHeader;
import org.farthing.consensus.column.Codec;
import org.farthing.consensus.primitives.BlockHeader;

/**
 * How a header stands in its row; see {@link Columns}. All of them stay in memory, and nearly each
 * follows the one of the row before it: what the two have in common is kept once.
 */
final class HeaderCodec implements Codec<StoredHeader> {
  @Override
  public byte[] encode(StoredHeader stored) {
    ByteWriter out = new ByteWriter();
    stored.header().writeTo(out);
    BlockStatus status = stored.status();
    out.compactSize(stored.height()).uint8(status.bits()).compactSize(status.transactions());
    return out.toByteArray();
  }

  @Override
  public StoredHeader decode(byte[] bytes) throws DecodeException {
    ByteReader in = new ByteReader(bytes);
    return decode(BlockHeader.read(in), in);
  }

  @Override
  public StoredHeader decodeAfter(StoredHeader previous, byte[] bytes) throws DecodeException {
    ByteReader in = new ByteReader(bytes);
    return decode(BlockHeader.readAfter(previous.header(), in), in);
  }

  private static StoredHeader decode(BlockHeader header, ByteReader in) throws DecodeException {
    int height = Columns.readInt(in);
    int bits = in.uint8();
    int transactions = Columns.readInt(in);
    in.expectEnd();
    return new StoredHeader(header, height, new BlockStatus(bits, transactions));
  }
}
