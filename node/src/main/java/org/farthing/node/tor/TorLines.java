package org.farthing.node.tor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts replies together of lines, {@code 250-…} and at last {@code 250 …} (Tor's control-spec). */
final class TorLines {
  /** Lines of one reply at most; those that we ask for have five. */
  static final int MAX_LINES = 1_000;

  private static final int CODE_SIZE = 3;

  private final List<String> lines = new ArrayList<>();

  /** More was said than anybody would. */
  static final class TooLongException extends Exception {
    private static final long serialVersionUID = 1;

    TooLongException() {
      super("Control port reply exceeded " + MAX_LINES + " lines, disconnecting");
    }
  }

  /** Takes a line; the reply, if it was the last one of it. */
  Optional<TorReply> add(String line) throws TooLongException {
    if (lines.size() == MAX_LINES) {
      throw new TooLongException();
    }
    if (line.length() <= CODE_SIZE) {
      return Optional.empty();
    }
    lines.add(line.substring(CODE_SIZE + 1));
    if (line.charAt(CODE_SIZE) != ' ') {
      return Optional.empty();
    }
    String code = line.substring(0, CODE_SIZE);
    TorReply reply = new TorReply(code.matches("[0-9]{3}") ? Integer.parseInt(code) : 0, lines);
    lines.clear();
    return Optional.of(reply);
  }
}
