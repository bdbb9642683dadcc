package org.farthing.node.wire;

/** Texts of others, as they may be shown. */
final class CleanText {
  private static final String HARMLESS = " .,;-_/:?@()";

  private CleanText() {}

  /** Without characters that could do harm in a log or on a terminal. */
  static String of(String text) {
    StringBuilder clean = new StringBuilder();
    text.chars()
        .filter(c -> c < 0x80 && (Character.isLetterOrDigit(c) || HARMLESS.indexOf(c) >= 0))
        .forEach(c -> clean.append((char) c));
    return clean.toString();
  }
}
