package org.farthing.node.rpc.call;

/** What callers send, as the log may show it. */
final class LogText {
  private static final String SAFE =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,;-_/:?@()";

  private LogText() {}

  /** Without what could be taken for another line, or for markup; as in Bitcoin Core. */
  static String of(String text) {
    StringBuilder out = new StringBuilder();
    text.chars().filter(c -> SAFE.indexOf(c) >= 0).forEach(c -> out.append((char) c));
    return out.toString();
  }
}
