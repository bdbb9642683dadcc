package org.farthing.node.i2p;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a bridge answers to a request: words, of which some have values, {@code STREAM STATUS
 * RESULT=OK}.
 *
 * @param text all of it, without the end of the line
 * @param values by their names
 */
public record SamReply(String text, Map<String, String> values) {
  private static final String RESULT = "RESULT";

  public SamReply {
    values = Map.copyOf(values);
  }

  /** Reads a line; of a name that stands there twice the first value counts. */
  public static SamReply of(String line) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String word : line.split(" ", -1)) {
      int equals = word.indexOf('=');
      if (equals >= 0) {
        values.putIfAbsent(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    return new SamReply(line, values);
  }

  public Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** What came of it: {@code OK}, or what went wrong. */
  public String result() {
    return values.getOrDefault(RESULT, "");
  }

  public boolean isOk() {
    return result().equals("OK");
  }
}
