package org.farthing.node.cli.terminal;

import io.nayuki.qrcodegen.QrCode;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/** A QR code in text: each character is two modules, one above the other; light ones are drawn. */
public final class QrText {
  private static final int QUIET_ZONE = 2;
  private static final char BOTH = '\u2588';
  private static final char UPPER = '\u2580';
  private static final char LOWER = '\u2584';

  private QrText() {}

  /** Whether what is printed can hold such a code. */
  public static boolean isPrintable(Charset charset) {
    return charset.canEncode() && charset.newEncoder().canEncode(BOTH);
  }

  /** The code of a text, for a terminal whose background is dark. */
  public static List<String> lines(String text) {
    QrCode code = QrCode.encodeText(text, QrCode.Ecc.LOW);
    List<String> lines = new ArrayList<>();
    for (int y = -QUIET_ZONE; y < code.size + QUIET_ZONE; y += 2) {
      StringBuilder line = new StringBuilder();
      for (int x = -QUIET_ZONE; x < code.size + QUIET_ZONE; x++) {
        line.append(character(!code.getModule(x, y), !code.getModule(x, y + 1)));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private static char character(boolean upper, boolean lower) {
    if (upper) {
      return lower ? BOTH : UPPER;
    }
    return lower ? LOWER : ' ';
  }
}
