package org.farthing.node.config.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.farthing.node.config.ConfigException;
import org.farthing.node.config.Option;
import org.farthing.node.config.OptionValues;

/** What the command line and the files say, for one network. */
final class CoreSources {
  private final List<CoreSetting> commandLine;
  private final List<CoreSetting> file;
  private final String network;

  /**
   * @param network whose section counts
   */
  CoreSources(List<CoreSetting> commandLine, List<CoreSetting> file, String network) {
    this.commandLine = commandLine;
    this.file = file;
    this.network = network;
  }

  /** On the command line the last word counts. */
  OptionValues commandLine() {
    OptionValues values = new OptionValues();
    for (CoreSetting setting : commandLine) {
      ours(setting)
          .ifPresent(
              option -> {
                if (setting.negated()) {
                  values.negate(option);
                } else if (option.isList()) {
                  values.add(option, setting.value());
                } else {
                  values.put(option, List.of(setting.value()));
                }
              });
    }
    return values;
  }

  /** In the file the first word counts, and the section of the network before what is common. */
  OptionValues file() {
    OptionValues own = new OptionValues();
    OptionValues common = new OptionValues();
    for (CoreSetting setting : file) {
      Optional<Option> option = ours(setting);
      if (option.isEmpty()) {
        continue;
      }
      if (setting.section().equals(network)) {
        put(own, option.get(), setting);
      } else if (setting.section().isEmpty() && !option.get().isOfOneNetwork()) {
        put(common, option.get(), setting);
      }
    }
    own.addAll(common);
    return own;
  }

  private static void put(OptionValues values, Option option, CoreSetting setting) {
    if (setting.negated()) {
      values.negate(option);
    } else {
      values.add(option, setting.value());
    }
  }

  private static Optional<Option> ours(CoreSetting setting) {
    return CoreName.of(setting.name())
        .filter(CoreName.Ours.class::isInstance)
        .map(meaning -> ((CoreName.Ours) meaning).option());
  }

  /**
   * Refuses what Farthing cannot do, and names of one network's options that stand in no section.
   *
   * @return what a person should be told
   */
  List<String> check() throws ConfigException {
    checkSections();
    List<String> warnings = new ArrayList<>();
    for (CoreSetting setting : effective()) {
      CoreName meaning = CoreName.of(setting.name()).orElse(null);
      if (meaning == null) {
        String section = setting.section().isEmpty() ? "" : setting.section() + ".";
        warnings.add("Ignoring unknown configuration value " + section + setting.name());
      } else if (meaning instanceof CoreName.Only only && !only.values().contains(value(setting))) {
        throw new ConfigException(
            "-%s=%s is not supported by Farthing.".formatted(setting.name(), setting.value()));
      } else if (meaning instanceof CoreName.NotYet) {
        warnings.add("Option -" + setting.name() + " has no effect yet.");
      }
    }
    return warnings;
  }

  /** All of it, for the log. */
  List<String> shown() {
    List<String> lines = new ArrayList<>();
    file.forEach(setting -> lines.add("Config file arg: " + setting.shown()));
    commandLine.forEach(setting -> lines.add("Command-line arg: " + setting.shown()));
    return lines;
  }

  /** A truth may be written in several ways. */
  private static String value(CoreSetting setting) {
    return setting.isTrue() ? setting.value() : "0";
  }

  private List<CoreSetting> effective() {
    List<CoreSetting> all = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (int i = commandLine.size() - 1; i >= 0; i--) {
      if (known.add(commandLine.get(i).name())) {
        all.add(commandLine.get(i));
      }
    }
    for (CoreSetting setting : file) {
      boolean applies = setting.section().isEmpty() || setting.section().equals(network);
      if (applies && known.add(setting.name())) {
        all.add(setting);
      }
    }
    return all;
  }

  private void checkSections() throws ConfigException {
    Set<String> misplaced = new TreeSet<>();
    Set<String> elsewhere = new HashSet<>();
    commandLine.forEach(setting -> elsewhere.add(setting.name()));
    for (CoreSetting setting : file) {
      if (setting.section().equals(network)) {
        elsewhere.add(setting.name());
      } else if (setting.section().isEmpty()
          && ours(setting).map(Option::isOfOneNetwork).orElse(false)) {
        misplaced.add(setting.name());
      }
    }
    misplaced.removeAll(elsewhere);
    StringBuilder errors = new StringBuilder();
    for (String name : misplaced) {
      errors.append(
          "Config setting for -%1$s only applied on %2$s network when in [%2$s] section.%n"
              .formatted(name, network));
    }
    if (!errors.isEmpty()) {
      throw new ConfigException(errors.toString().strip());
    }
  }
}
