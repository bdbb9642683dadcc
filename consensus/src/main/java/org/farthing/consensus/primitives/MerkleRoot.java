package org.farthing.consensus.primitives;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.DecodeException;

/** The root of a tree of double SHA-256 over identifiers. */
public final class MerkleRoot extends Hash256 {
  public static final MerkleRoot ZERO = new MerkleRoot(new byte[SIZE]);

  private MerkleRoot(byte[] wire) {
    super(wire);
  }

  private MerkleRoot(ByteReader in) throws DecodeException {
    super(in);
  }

  /** Takes 32 bytes in wire order. */
  public static MerkleRoot of(byte[] wire) {
    return new MerkleRoot(wire);
  }

  public static MerkleRoot read(ByteReader in) throws DecodeException {
    return new MerkleRoot(in);
  }

  /** Reads 64 hexadecimal digits in display order. */
  public static MerkleRoot parse(String hex) throws DecodeException {
    return new MerkleRoot(parseDisplay(hex));
  }
}
