package org.farthing.node.rpc.codegen;

/** Descriptions as comments. */
final class JavaDoc {
  private JavaDoc() {}

  /** A comment; nothing where there is nothing to say. */
  static String of(String text, String indent) {
    if (text.isBlank()) {
      return "";
    }
    StringBuilder out = new StringBuilder(indent).append("/**\n");
    for (String line : text.strip().lines().toList()) {
      out.append((indent + " * " + escaped(line)).stripTrailing()).append('\n');
    }
    return out.append(indent).append(" */\n").toString();
  }

  /** As running text within a comment, on one line. */
  static String inline(String text) {
    return escaped(text.replaceAll("\\s+", " ").strip());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("@", "&#64;")
        .replace("*/", "*&#47;")
        .replace("\\", "&#92;");
  }
}
