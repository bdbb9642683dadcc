package org.farthing.consensus.validation;

import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.primitives.Script;

/** The height at the beginning of a coinbase's script (BIP-0034). */
public final class CoinbaseHeight {
  private static final int OP_1 = 0x51;
  private static final int LARGEST_SMALL_NUMBER = 16;

  private CoinbaseHeight() {}

  /** The shortest push of the height: an opcode up to 16, else its bytes, little-endian. */
  public static Script push(int height) {
    if (height == 0) {
      return Script.of(new byte[] {0});
    }
    if (height <= LARGEST_SMALL_NUMBER) {
      return Script.of(new byte[] {(byte) (OP_1 + height - 1)});
    }
    ByteWriter number = new ByteWriter();
    int rest = height;
    while (rest > 0x7f) {
      number.uint8(rest & 0xff);
      rest >>>= 8;
    }
    // The highest bit of the last byte is the sign: it gets a byte of its own where it is taken.
    number.uint8(rest);
    return Script.of(
        new ByteWriter().uint8(number.size()).bytes(number.toByteArray()).toByteArray());
  }

  static boolean isAtStartOf(Script script, int height) {
    Script expected = push(height);
    if (script.size() < expected.size()) {
      return false;
    }
    for (int i = 0; i < expected.size(); i++) {
      if (script.byteAt(i) != expected.byteAt(i)) {
        return false;
      }
    }
    return true;
  }
}
