package org.farthing.consensus.bytes;

import java.util.HexFormat;

/** Lower-case hexadecimal, two digits for each byte. */
public final class Hex {
  private static final HexFormat FORMAT = HexFormat.of();

  /** The value of each ASCII character as a digit, or -1. */
  private static final byte[] DIGITS = new byte[128];

  static {
    for (char c = 0; c < DIGITS.length; c++) {
      DIGITS[c] = (byte) Character.digit(c, 16);
    }
  }

  private Hex() {}

  public static String encode(byte[] bytes) {
    return FORMAT.formatHex(bytes);
  }

  /**
   * Reads an even number of hexadecimal digits of either case.
   *
   * @throws DecodeException for any other character or an odd number of digits
   */
  public static byte[] decode(String hex) throws DecodeException {
    if (hex.length() % 2 != 0) {
      throw new DecodeException("not hexadecimal: an odd number of digits: " + hex.length());
    }
    byte[] bytes = new byte[hex.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      int value = digit(hex.charAt(2 * i)) << 4 | digit(hex.charAt(2 * i + 1));
      if (value < 0) {
        throw new DecodeException("not hexadecimal: the digits at index " + 2 * i);
      }
      bytes[i] = (byte) value;
    }
    return bytes;
  }

  private static int digit(char c) {
    return c < DIGITS.length ? DIGITS[c] : -1;
  }

  /** Reads hexadecimal that stands in the source code: a mistake in it is a bug. */
  public static byte[] constant(String hex) {
    return FORMAT.parseHex(hex);
  }

  /** The bytes from the last to the first: hashes are shown so, and travel the other way round. */
  public static byte[] reversed(byte[] bytes) {
    byte[] result = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      result[i] = bytes[bytes.length - 1 - i];
    }
    return result;
  }
}
