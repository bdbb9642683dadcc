package org.farthing.consensus.filter;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.DecodeException;

/** Reads bits, the most significant first. */
final class BitReader {
  private final ByteReader in;
  private int current;
  private int left;

  BitReader(ByteReader in) {
    this.in = in;
  }

  boolean bit() throws DecodeException {
    if (left == 0) {
      current = in.uint8();
      left = Byte.SIZE;
    }
    left--;
    return (current >>> left & 1) != 0;
  }

  long bits(int count) throws DecodeException {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 1 | (bit() ? 1 : 0);
    }
    return value;
  }
}
