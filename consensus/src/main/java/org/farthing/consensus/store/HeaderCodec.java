package org.farthing.consensus.store;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.BlockKey;
import org.farthing.consensus.chain.BlockStatus;
import org.farthing.consensus.chain.StoredHeader;
import org.farthing.consensus.column.Codec;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;

/** How a header stands in its row; see {@link Columns}. */
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

  /**
   * The same, of a row whose key has been decoded: the hash, which is there, is not computed again.
   *
   * @param likelyPrevious kept in place of the hash of the header before, where that is the same
   */
  static StoredHeader decode(BlockKey key, byte[] bytes, BlockHash likelyPrevious)
      throws DecodeException {
    ByteReader in = new ByteReader(bytes);
    return decode(BlockHeader.readStored(key.hash(), likelyPrevious, in), in);
  }

  private static StoredHeader decode(BlockHeader header, ByteReader in) throws DecodeException {
    int height = Columns.readInt(in);
    int bits = in.uint8();
    int transactions = Columns.readInt(in);
    in.expectEnd();
    return new StoredHeader(header, height, new BlockStatus(bits, transactions));
  }
}
