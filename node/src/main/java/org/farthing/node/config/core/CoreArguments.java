package org.farthing.node.config.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farthing.node.config.ConfigException;

/**
 * The command line of {@code bitcoind}: {@code -name=value}, {@code -name} or {@code -noname}, with
 * one hyphen or two.
 *
 * @param settings in their order
 */
record CoreArguments(List<CoreSetting> settings) {
  private static final Set<String> NEEDS_VALUE = Set.of("loglevel", "proxy");

  CoreArguments {
    settings = List.copyOf(settings);
  }

  /**
   * Reads it.
   *
   * @throws ConfigException for what is no option of Bitcoin Core's
   */
  static CoreArguments parse(List<String> arguments) throws ConfigException {
    List<CoreSetting> settings = new ArrayList<>();
    for (String argument : arguments) {
      if (!argument.startsWith("-") || argument.equals("-")) {
        throw new ConfigException(
            "Command line contains unexpected token '"
                + argument
                + "', see bitcoind -h for a list of options.");
      }
      int equals = argument.indexOf('=');
      String key = equals < 0 ? argument : argument.substring(0, equals);
      CoreSetting setting =
          CoreSetting.of(
              key.substring(key.startsWith("--") ? 2 : 1),
              equals < 0 ? Optional.empty() : Optional.of(argument.substring(equals + 1)));
      if (!setting.section().isEmpty() || CoreName.of(setting.name()).isEmpty()) {
        throw failure("Invalid parameter " + argument);
      }
      if (setting.name().equals("includeconf") && !setting.negated()) {
        throw failure("-includeconf cannot be used from commandline; -" + setting.shown());
      }
      if (equals < 0 && NEEDS_VALUE.contains(setting.name()) && !setting.negated()) {
        throw failure(
            "Can not set -%1$s with no value. Please specify value with -%1$s=value."
                .formatted(setting.name()));
      }
      settings.add(setting);
    }
    return new CoreArguments(settings);
  }

  private static ConfigException failure(String reason) {
    return new ConfigException("Error parsing command line arguments: " + reason);
  }

  /** The last word on a name. */
  Optional<CoreSetting> last(String name) {
    return settings.stream().filter(s -> s.name().equals(name)).reduce((first, second) -> second);
  }

  boolean isTrue(String name) {
    return last(name).map(CoreSetting::isTrue).orElse(false);
  }
}
