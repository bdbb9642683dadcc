package org.farthing.consensus.bytes;

import java.util.HexFormat;

/** Lower-case hexadecimal, two digits for each byte. */
public final class Hex {
  private static final HexFormat FORMAT = HexFormat.of();

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
    try {
      return FORMAT.parseHex(hex);
    } catch (IllegalArgumentException e) {
      throw new DecodeException("not hexadecimal: " + e.getMessage());
    }
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
