package org.farthing.consensus.filter;

import org.farthing.consensus.bytes.ByteWriter;

/** Writes bits, the most significant first; the last byte is filled up with zeros. */
final class BitWriter {
  private final ByteWriter out;
  private int current;
  private int used;

  /**
   * @param out begins at a whole byte
   */
  BitWriter(ByteWriter out) {
    this.out = out;
  }

  void bit(boolean one) {
    current = current << 1 | (one ? 1 : 0);
    if (++used == Byte.SIZE) {
      out.uint8(current);
      current = 0;
      used = 0;
    }
  }

  /** The lower bits of a value. */
  void bits(long value, int count) {
    for (int i = count - 1; i >= 0; i--) {
      bit((value >>> i & 1) != 0);
    }
  }

  /** To be called once, in the end. */
  void flush() {
    while (used > 0) {
      bit(false);
    }
  }
}
