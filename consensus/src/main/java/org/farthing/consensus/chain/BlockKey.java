package org.farthing.consensus.chain;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.BlockHash;

/**
 * Where the ledger keeps what it knows of a block: by height first, so that parents stand before
 * their children, and what is old together.
 */
public record BlockKey(int height, BlockHash hash) {
  /** The height (4 bytes, big-endian: in the order of numbers), then the hash. */
  public void writeTo(ByteWriter out) {
    out.int32(Integer.reverseBytes(height));
    hash.writeTo(out);
  }

  /** A start need not make the code that a record otherwise gets when it is first compared. */
  @Override
  public boolean equals(Object other) {
    return other instanceof BlockKey that && height == that.height && hash.equals(that.hash);
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }

  public static BlockKey read(ByteReader in) throws DecodeException {
    return new BlockKey(Integer.reverseBytes(in.int32()), BlockHash.read(in));
  }
}
