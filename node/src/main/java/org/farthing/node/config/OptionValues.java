package org.farthing.node.config;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The values that one source gives to options, in the order in which it gives them. */
public final class OptionValues {
  private final Map<Option, List<String>> values = new EnumMap<>(Option.class);

  /** Adds one more value. */
  public OptionValues add(Option option, String value) {
    values.computeIfAbsent(option, key -> new ArrayList<>()).add(value);
    return this;
  }

  /** Replaces all values. */
  OptionValues put(Option option, List<String> replacement) {
    values.put(option, new ArrayList<>(replacement));
    return this;
  }

  boolean has(Option option) {
    return values.containsKey(option);
  }

  List<String> all(Option option) {
    return List.copyOf(values.getOrDefault(option, List.of()));
  }
}
