package org.farthing.node.rpc.json;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A JSON text in UTF-8. Long ones are mostly one string of hexadecimal digits, a block or a
 * transaction: that is taken as it stands, where the parser would make a copy of it in pieces, put
 * them together, and copy it again.
 */
final class Source {
  private static final int LONG_BYTES = 16 * 1024;

  private final byte[] utf8;
  private final int length;

  Source(byte[] utf8, int length) {
    this.utf8 = utf8;
    this.length = length;
  }

  boolean isLong() {
    return length >= LONG_BYTES;
  }

  /**
   * A string that has nothing but printable ASCII and no escapes; empty for any other.
   *
   * @param quote the index of its first quotation mark
   */
  Optional<String> plainText(long quote) {
    int start = (int) quote + 1;
    for (int i = start; i < length; i++) {
      byte b = utf8[i];
      if (b == '"') {
        return Optional.of(new String(utf8, start, i - start, StandardCharsets.ISO_8859_1));
      }
      if (b < ' ' || b == '\\') {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
