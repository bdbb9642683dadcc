package org.farthing.node.events;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Up to where somebody has read.
 *
 * @param log its identifier
 * @param sequence of the last event that was read; 0 before the first
 */
public record Cursor(long log, long sequence) {
  private static final Pattern FORM = Pattern.compile("([0-9a-f]{16})-(0|[1-9][0-9]{0,17})");

  /** Reads what {@link #toString} writes. */
  public static Optional<Cursor> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new Cursor(
                Long.parseUnsignedLong(matcher.group(1), 16), Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }

  static String text(long log) {
    return String.format("%016x", log);
  }

  @Override
  public String toString() {
    return text(log) + "-" + sequence;
  }
}
