package org.farthing.node.tor;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code KEY=value OTHER="quoted value"} (Tor's control-spec, 2.1.1). */
final class TorText {
  private static final int OCTAL = 8;
  private static final int MAX_OCTAL_DIGITS = 3;

  private final String text;
  private int at;

  private TorText(String text) {
    this.text = text;
  }

  /** The values by their keys; none where the text is not well formed. */
  static Map<String, String> mapping(String text) {
    return new TorText(text).read();
  }

  private Map<String, String> read() {
    Map<String, String> mapping = new LinkedHashMap<>();
    while (at < text.length()) {
      int start = at;
      while (at < text.length() && text.charAt(at) != '=' && text.charAt(at) != ' ') {
        at++;
      }
      if (at == text.length()) {
        return Map.of();
      }
      if (text.charAt(at) == ' ') {
        // What follows are words that mean nothing to us.
        return mapping;
      }
      String key = text.substring(start, at++);
      boolean quoted = at < text.length() && text.charAt(at) == '"';
      String value = quoted ? quoted() : plain();
      if (value == null) {
        return Map.of();
      }
      mapping.put(key, value);
      if (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
    }
    return mapping;
  }

  private String plain() {
    int start = at;
    while (at < text.length() && text.charAt(at) != ' ') {
      at++;
    }
    return text.substring(start, at);
  }

  /** Null where the quotation has no end. */
  private String quoted() {
    StringBuilder value = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      if (c == '\\') {
        if (at == text.length()) {
          return null;
        }
        value.append(escaped());
      } else {
        value.append(c);
      }
    }
    if (at == text.length()) {
      return null;
    }
    at++;
    return value.toString();
  }

  /** As in C; any other character stands for itself. */
  private char escaped() {
    char c = text.charAt(at++);
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(c - '0');
      default -> c;
    };
  }

  /** Three digits at most, and the first of three is one of 0 to 3: 255 is the greatest number. */
  private char octal(int first) {
    int value = first;
    int most = first < OCTAL / 2 ? MAX_OCTAL_DIGITS : MAX_OCTAL_DIGITS - 1;
    for (int digits = 1; digits < most && at < text.length(); digits++) {
      int digit = text.charAt(at) - '0';
      if (digit < 0 || digit >= OCTAL) {
        break;
      }
      value = value * OCTAL + digit;
      at++;
    }
    return (char) value;
  }
}
