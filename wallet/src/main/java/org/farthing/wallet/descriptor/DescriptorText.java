package org.farthing.wallet.descriptor;

import org.farthing.wallet.error.WalletException;

/** The arguments of a descriptor's function, read from left to right. */
final class DescriptorText {
  private final String text;
  private int position;

  DescriptorText(String text) {
    this.text = text;
  }

  boolean isEmpty() {
    return position == text.length();
  }

  /** Everything up to the comma, bracket or brace that ends an argument. */
  String next() {
    int start = position;
    int depth = 0;
    for (; position < text.length(); position++) {
      char c = text.charAt(position);
      if (c == '(' || c == '{') {
        depth++;
      } else if (depth > 0 && (c == ')' || c == '}')) {
        depth--;
      } else if (depth == 0 && (c == ')' || c == '}' || c == ',')) {
        break;
      }
    }
    return text.substring(start, position);
  }

  /** Takes the character if it comes next. */
  boolean take(char wanted) {
    boolean found = !isEmpty() && text.charAt(position) == wanted;
    if (found) {
      position++;
    }
    return found;
  }

  /**
   * Takes the character.
   *
   * @param message of the error where another comes, {@code %c}
   */
  void expect(char wanted, String message) throws WalletException {
    if (!take(wanted)) {
      throw DescriptorParser.invalid(message.formatted(isEmpty() ? ')' : text.charAt(position)));
    }
  }
}
