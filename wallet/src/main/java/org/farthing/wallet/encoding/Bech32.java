package org.farthing.wallet.encoding;

import java.util.Arrays;
import java.util.Locale;
import org.farthing.wallet.encoding.EncodingException.Reason;

/**
 * A prefix, {@code 1}, then values of five bits and a checksum that finds any four wrong characters
 * (BIP-0173, and BIP-0350 for the variant that also finds inserted ones).
 */
public final class Bech32 {
  /** The longest text, in characters. */
  public static final int MAX_LENGTH = 90;

  static final String CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  static final int CHECKSUM_LENGTH = 6;
  private static final int[] GENERATOR = {
    0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3
  };

  private Bech32() {}

  /** The two checksums. */
  public enum Variant {
    BECH32(1),
    BECH32M(0x2bc830a3);

    final int residue;

    Variant(int residue) {
      this.residue = residue;
    }
  }

  /** A text taken apart. */
  public static final class Decoded {
    private final String prefix;
    private final Variant variant;
    private final byte[] values;

    Decoded(String prefix, Variant variant, byte[] values) {
      this.prefix = prefix;
      this.variant = variant;
      this.values = values;
    }

    /** The human-readable part, in lower case. */
    public String prefix() {
      return prefix;
    }

    public Variant variant() {
      return variant;
    }

    /** A copy of the values of five bits each, without the checksum. */
    public byte[] values() {
      return values.clone();
    }
  }

  /**
   * @param prefix in lower case
   * @param values of five bits each
   */
  public static String encode(String prefix, byte[] values, Variant variant) {
    byte[] padded = Arrays.copyOf(values, values.length + CHECKSUM_LENGTH);
    int checksum = polymod(prefix, padded) ^ variant.residue;
    StringBuilder text = new StringBuilder(prefix).append('1');
    for (byte value : values) {
      text.append(CHARSET.charAt(value));
    }
    for (int i = 0; i < CHECKSUM_LENGTH; i++) {
      text.append(CHARSET.charAt((checksum >>> (5 * (CHECKSUM_LENGTH - 1 - i))) & 31));
    }
    return text.toString();
  }

  public static Decoded decode(String text) throws EncodingException {
    String lower = lowerCase(text);
    int separator = lower.lastIndexOf('1');
    if (separator < 1 || lower.length() - separator - 1 < CHECKSUM_LENGTH) {
      throw new EncodingException(Reason.LENGTH, "too short, or without a prefix");
    }
    if (lower.length() > MAX_LENGTH) {
      throw new EncodingException(Reason.LENGTH, "longer than " + MAX_LENGTH + " characters");
    }
    String prefix = lower.substring(0, separator);
    byte[] values = new byte[lower.length() - separator - 1];
    for (int i = 0; i < values.length; i++) {
      int value = CHARSET.indexOf(lower.charAt(separator + 1 + i));
      if (value < 0) {
        int at = separator + 1 + i;
        throw new EncodingException(
            Reason.CHARACTER,
            "character " + (at + 1) + ", '" + text.charAt(at) + "', is not in bech32");
      }
      values[i] = (byte) value;
    }
    int residue = polymod(prefix, values);
    for (Variant variant : Variant.values()) {
      if (variant.residue == residue) {
        return new Decoded(prefix, variant, Arrays.copyOf(values, values.length - CHECKSUM_LENGTH));
      }
    }
    throw new EncodingException(Reason.CHECKSUM, "checksum is wrong");
  }

  private static String lowerCase(String text) throws EncodingException {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < 33 || text.charAt(i) > 126) {
        throw new EncodingException(Reason.CHARACTER, "character " + (i + 1) + " is not allowed");
      }
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (!text.equals(lower) && !text.equals(text.toUpperCase(Locale.ROOT))) {
      throw new EncodingException(Reason.CASE, "upper and lower case are mixed");
    }
    return lower;
  }

  static int polymod(String prefix, byte[] values) {
    int state = 1;
    for (int i = 0; i < prefix.length(); i++) {
      state = step(state, prefix.charAt(i) >>> 5);
    }
    state = step(state, 0);
    for (int i = 0; i < prefix.length(); i++) {
      state = step(state, prefix.charAt(i) & 31);
    }
    for (byte value : values) {
      state = step(state, value);
    }
    return state;
  }

  /** The state times x, plus a value: linear over exclusive or. */
  static int step(int state, int value) {
    int top = state >>> 25;
    int next = ((state & 0x1ffffff) << 5) ^ value;
    for (int i = 0; i < GENERATOR.length; i++) {
      if (((top >>> i) & 1) != 0) {
        next ^= GENERATOR[i];
      }
    }
    return next;
  }
}
