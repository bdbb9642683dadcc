package org.farthing.wallet.encoding;

import java.util.Base64;
import org.farthing.wallet.encoding.EncodingException.Reason;

/** Base 64 with padding (RFC 4648), of which each array of bytes has exactly one text. */
public final class Base64Text {
  private Base64Text() {}

  public static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Refuses missing padding and bits that stand for nothing. */
  public static byte[] decode(String text) throws EncodingException {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new EncodingException(Reason.CHARACTER, "not base 64: " + e.getMessage());
    }
    if (!encode(bytes).equals(text)) {
      throw new EncodingException(Reason.LENGTH, "not base 64: padding is missing or wrong");
    }
    return bytes;
  }
}
