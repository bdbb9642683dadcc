package org.farthing.node.config;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Options from environment variables, {@code FARTHING_RPC_PORT=28761}. Several values of one option
 * are separated by spaces or commas.
 */
final class Environment {
  static final String PREFIX = "FARTHING_";

  private Environment() {}

  static OptionValues read(Map<String, String> variables, List<String> warnings) {
    OptionValues values = new OptionValues();
    for (Map.Entry<String, String> variable : new TreeMap<>(variables).entrySet()) {
      if (!variable.getKey().startsWith(PREFIX)) {
        continue;
      }
      String name = variable.getKey().substring(PREFIX.length());
      Option.named(name)
          .ifPresentOrElse(
              option -> values.put(option, split(option, variable.getValue())),
              () -> warnings.add("environment: unknown option " + variable.getKey()));
    }
    return values;
  }

  private static List<String> split(Option option, String value) {
    if (!option.isList()) {
      return List.of(value);
    }
    return Arrays.stream(value.split("[,\\s]+")).filter(part -> !part.isEmpty()).toList();
  }
}
