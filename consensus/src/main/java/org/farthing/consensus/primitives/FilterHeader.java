package org.farthing.consensus.primitives;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.crypto.Sha256;

/** A link in the chain of block filters: it commits to a filter and all before it (BIP-0157). */
public final class FilterHeader extends Hash256 {
  /** Before the genesis. */
  public static final FilterHeader ZERO = new FilterHeader(new byte[SIZE]);

  private FilterHeader(byte[] wire) {
    super(wire);
  }

  /** The header of a filter that follows this one. */
  public FilterHeader next(FilterHash filter) {
    ByteWriter out = new ByteWriter(2 * SIZE);
    filter.writeTo(out);
    writeTo(out);
    return new FilterHeader(Sha256.doubleHash(out.toByteArray()));
  }

  public static FilterHeader read(ByteReader in) throws DecodeException {
    return new FilterHeader(in.bytes(SIZE));
  }

  /** Reads 64 hexadecimal digits in display order. */
  public static FilterHeader parse(String hex) throws DecodeException {
    return new FilterHeader(parseDisplay(hex));
  }
}
