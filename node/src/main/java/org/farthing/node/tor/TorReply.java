package org.farthing.node.tor;

import java.util.List;
import java.util.Optional;

/**
 * What Tor answers to a command.
 *
 * @param code 250 where it has done it
 * @param lines each without code and separator
 */
record TorReply(int code, List<String> lines) {
  static final int OK = 250;
  static final int UNRECOGNIZED = 510;
  static final int SYNTAX_ERROR = 512;

  /** From here on nobody has asked: something has happened. */
  static final int ASYNCHRONOUS = 600;

  TorReply {
    lines = List.copyOf(lines);
  }

  boolean isOk() {
    return code == OK;
  }

  /** The rest of the first line that begins with this word. */
  Optional<String> after(String word) {
    return lines.stream()
        .filter(line -> line.equals(word) || line.startsWith(word + " "))
        .map(line -> line.substring(Math.min(line.length(), word.length() + 1)))
        .findFirst();
  }
}
