package org.farthing.consensus.primitives;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.DecodeException;

/** The double SHA-256 of a block's header; as a little-endian number it is the proof of work. */
public final class BlockHash extends Hash256 implements Comparable<BlockHash> {
  public static final BlockHash ZERO = new BlockHash(new byte[SIZE]);

  private BlockHash(byte[] wire) {
    super(wire);
  }

  private BlockHash(ByteReader in) throws DecodeException {
    super(in);
  }

  /** Takes 32 bytes in wire order. */
  public static BlockHash of(byte[] wire) {
    return new BlockHash(wire);
  }

  public static BlockHash read(ByteReader in) throws DecodeException {
    return new BlockHash(in);
  }

  /** Reads 64 hexadecimal digits in display order. */
  public static BlockHash parse(String hex) throws DecodeException {
    return new BlockHash(parseDisplay(hex));
  }

  /** An order without meaning. */
  @Override
  public int compareTo(BlockHash other) {
    return compareWords(other);
  }
}
