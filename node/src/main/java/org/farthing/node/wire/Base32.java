package org.farthing.node.wire;

import java.util.Arrays;
import org.farthing.consensus.bytes.DecodeException;

/** Base32 in lower case without padding (RFC 4648). */
final class Base32 {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

  private Base32() {}

  static String encode(byte[] bytes) {
    StringBuilder text = new StringBuilder((bytes.length * 8 + 4) / 5);
    int buffer = 0;
    int bits = 0;
    for (byte each : bytes) {
      buffer = ((buffer << 8) | (each & 0xff)) & 0xfff;
      for (bits += 8; bits >= 5; bits -= 5) {
        text.append(ALPHABET.charAt((buffer >> (bits - 5)) & 31));
      }
    }
    if (bits > 0) {
      text.append(ALPHABET.charAt((buffer << (5 - bits)) & 31));
    }
    return text.toString();
  }

  /**
   * Reads lower-case digits.
   *
   * @throws DecodeException for any other character, a length that no bytes have, or bits left over
   */
  static byte[] decode(String text) throws DecodeException {
    byte[] bytes = new byte[text.length() * 5 / 8];
    int size = 0;
    int buffer = 0;
    int bits = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = ALPHABET.indexOf(text.charAt(i));
      if (digit < 0) {
        throw new DecodeException("not base32: '" + text + "'");
      }
      buffer = ((buffer << 5) | digit) & 0xfff;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes[size++] = (byte) (buffer >> bits);
      }
    }
    if (bits >= 5 || (buffer & ((1 << bits) - 1)) != 0) {
      throw new DecodeException("not base32: '" + text + "'");
    }
    return Arrays.copyOf(bytes, size);
  }
}
