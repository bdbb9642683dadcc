package org.farthing.node.config;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one source says of the options: texts, in the order in which it gives them. */
public final class OptionValues {
  private static final String NO = "0";

  private final Map<Option, List<String>> values = new EnumMap<>(Option.class);
  private final Set<Option> negated = EnumSet.noneOf(Option.class);

  /** Adds one more value. */
  public OptionValues add(Option option, String value) {
    values.computeIfAbsent(option, key -> new ArrayList<>()).add(value);
    return this;
  }

  /** Replaces all values. */
  public OptionValues put(Option option, List<String> replacement) {
    values.put(option, new ArrayList<>(replacement));
    if (!option.isList()) {
      negated.remove(option);
    }
    return this;
  }

  /**
   * The option is not to be: what was said before, here and in sources that yield to this one, does
   * not count.
   */
  public OptionValues negate(Option option) {
    put(option, option.isList() ? List.of() : List.of(NO));
    negated.add(option);
    return this;
  }

  /** Adds what another source says, after what this one says; it yields to this one. */
  public void addAll(OptionValues later) {
    for (Option option : Option.values()) {
      if (!negated.contains(option) && later.has(option)) {
        later.all(option).forEach(value -> add(option, value));
        if (later.isNegated(option)) {
          negated.add(option);
          values.computeIfAbsent(option, key -> new ArrayList<>());
        }
      }
    }
  }

  /** The same without a word about this option. */
  OptionValues without(Option option) {
    OptionValues rest = new OptionValues();
    rest.values.putAll(values);
    rest.values.remove(option);
    rest.negated.addAll(negated);
    rest.negated.remove(option);
    return rest;
  }

  boolean has(Option option) {
    return values.containsKey(option);
  }

  boolean isNegated(Option option) {
    return negated.contains(option);
  }

  public List<String> all(Option option) {
    return List.copyOf(values.getOrDefault(option, List.of()));
  }
}
