package org.farthing.consensus.primitives;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.DecodeException;

/** The double SHA-256 of an encoded block filter (BIP-0157). */
public final class FilterHash extends Hash256 {
  private FilterHash(byte[] wire) {
    super(wire);
  }

  /** Takes 32 bytes in wire order. */
  public static FilterHash of(byte[] wire) {
    return new FilterHash(wire);
  }

  public static FilterHash read(ByteReader in) throws DecodeException {
    return new FilterHash(in.bytes(SIZE));
  }
}
