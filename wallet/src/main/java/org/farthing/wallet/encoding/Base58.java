package org.farthing.wallet.encoding;

import java.util.Arrays;
import org.farthing.wallet.encoding.EncodingException.Reason;

/**
 * Bytes as a number in base 58, without the letters and digits that look alike. Each leading zero
 * byte is a leading {@code 1}.
 */
public final class Base58 {
  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final int[] DIGITS = new int[128];

  /** Decoding takes quadratic time: nothing that we read is longer. */
  private static final int MAX_LENGTH = 1000;

  static {
    Arrays.fill(DIGITS, -1);
    for (int i = 0; i < ALPHABET.length(); i++) {
      DIGITS[ALPHABET.charAt(i)] = i;
    }
  }

  private Base58() {}

  public static String encode(byte[] bytes) {
    int zeros = 0;
    while (zeros < bytes.length && bytes[zeros] == 0) {
      zeros++;
    }
    byte[] number = bytes.clone();
    StringBuilder reversed = new StringBuilder(bytes.length * 2);
    for (int start = zeros; start < number.length; ) {
      reversed.append(ALPHABET.charAt(divide(number, start)));
      if (number[start] == 0) {
        start++;
      }
    }
    return reversed.append("1".repeat(zeros)).reverse().toString();
  }

  /** Divides a big-endian number by 58 in place, and returns the remainder. */
  private static int divide(byte[] number, int start) {
    int remainder = 0;
    for (int i = start; i < number.length; i++) {
      int value = (remainder << 8) | (number[i] & 0xff);
      number[i] = (byte) (value / 58);
      remainder = value % 58;
    }
    return remainder;
  }

  /**
   * @throws EncodingException for a character outside the alphabet, or above 1000 characters
   */
  public static byte[] decode(String text) throws EncodingException {
    if (text.length() > MAX_LENGTH) {
      throw new EncodingException(Reason.LENGTH, "too long");
    }
    byte[] number = new byte[text.length()];
    int used = 0;
    int zeros = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int digit = c < DIGITS.length ? DIGITS[c] : -1;
      if (digit < 0) {
        throw new EncodingException(
            Reason.CHARACTER, "character " + (i + 1) + ", '" + c + "', is not in base 58");
      }
      if (digit == 0 && zeros == i) {
        zeros++;
      }
      used = multiplyAndAdd(number, used, digit);
    }
    byte[] result = new byte[zeros + used];
    System.arraycopy(number, number.length - used, result, zeros, used);
    return result;
  }

  /** Multiplies the last {@code used} bytes by 58 and adds; returns how many bytes are used now. */
  private static int multiplyAndAdd(byte[] number, int used, int digit) {
    int carry = digit;
    int length = 0;
    for (int i = number.length - 1; length < used || carry != 0; i--, length++) {
      carry += 58 * (number[i] & 0xff);
      number[i] = (byte) carry;
      carry >>>= 8;
    }
    return length;
  }
}
