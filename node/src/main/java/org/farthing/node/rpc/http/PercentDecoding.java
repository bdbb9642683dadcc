package org.farthing.node.rpc.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Undoes {@code %20} and the like (RFC 3986). What is no such thing stays as it is. */
public final class PercentDecoding {
  private static final int HEX = 16;

  private PercentDecoding() {}

  public static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
    for (int i = 0; i < in.length; i++) {
      int high = i + 2 <= in.length - 1 ? Character.digit(in[i + 1], HEX) : -1;
      int low = i + 2 <= in.length - 1 ? Character.digit(in[i + 2], HEX) : -1;
      if (in[i] == '%' && high >= 0 && low >= 0) {
        out.write(high * HEX + low);
        i += 2;
      } else {
        out.write(in[i]);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
