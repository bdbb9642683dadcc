package org.farthing.consensus.script;

/**
 * Numbers on the stack: little-endian, the highest bit of the last byte is the sign, zero is the
 * empty string. Operands have at most four bytes, except those of lock times with five; results may
 * be one bit longer.
 */
public final class ScriptNum {
  /** The most bytes that an operand may have. */
  public static final int MAX_SIZE = 4;

  /** The most bytes that the operand of a lock time may have: 2038 must not be its end. */
  static final int MAX_LOCK_TIME_SIZE = 5;

  /** What {@link #decode} answers where it refuses: no operand has this value. */
  public static final long INVALID = Long.MIN_VALUE;

  private static final byte[] EMPTY = {};

  private ScriptNum() {}

  public static byte[] encode(long value) {
    if (value == 0) {
      return EMPTY;
    }
    long magnitude = Math.abs(value);
    // One bit more than the number has, for the sign.
    int size = (64 - Long.numberOfLeadingZeros(magnitude)) / 8 + 1;
    byte[] bytes = new byte[size];
    for (int i = 0; i < size && i < 8; i++) {
      bytes[i] = (byte) (magnitude >>> (8 * i));
    }
    if (value < 0) {
      bytes[size - 1] |= (byte) 0x80;
    }
    return bytes;
  }

  /**
   * Reads an operand.
   *
   * @param minimal whether a longer form than needed is refused
   * @return {@link #INVALID} where it is refused
   */
  public static long decode(byte[] bytes, boolean minimal, int maxSize) {
    if (bytes.length > maxSize || (minimal && !isMinimal(bytes))) {
      return INVALID;
    }
    if (bytes.length == 0) {
      return 0;
    }
    int last = bytes.length - 1;
    long magnitude = 0;
    for (int i = 0; i < last; i++) {
      magnitude |= (bytes[i] & 0xffL) << (8 * i);
    }
    magnitude |= (bytes[last] & 0x7fL) << (8 * last);
    return bytes[last] < 0 ? -magnitude : magnitude;
  }

  /** No last byte that holds nothing but a sign, unless the byte before needs its highest bit. */
  private static boolean isMinimal(byte[] bytes) {
    int last = bytes.length - 1;
    return last < 0 || (bytes[last] & 0x7f) != 0 || (last > 0 && bytes[last - 1] < 0);
  }

  /** Whether the bytes count as true: anything but zero in any form, negative zero included. */
  static boolean isTrue(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != 0) {
        return i != bytes.length - 1 || bytes[i] != (byte) 0x80;
      }
    }
    return false;
  }
}
