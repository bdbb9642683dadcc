package org.farthing.node.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Options from a file: {@code name=value} lines, {@code #} comments, and sections ({@code
 * [regtest]}) that hold for one network only. A name alone means {@code 1}. Where a name is
 * repeated that takes one value, the first line wins, as in Bitcoin Core.
 */
final class ConfigFile {
  private final Path file;
  private final List<String> warnings;

  private ConfigFile(Path file, List<String> warnings) {
    this.file = file;
    this.warnings = warnings;
  }

  /** What the part before the first section says: the network itself may be chosen there. */
  static OptionValues readCommon(Path file) throws ConfigException {
    return new ConfigFile(file, null).read(Optional.empty());
  }

  /** The section of the network first, then what stands before all sections. */
  static OptionValues read(Path file, String network, List<String> warnings)
      throws ConfigException {
    return new ConfigFile(file, warnings).read(Optional.of(network));
  }

  private OptionValues read(Optional<String> network) throws ConfigException {
    OptionValues own = new OptionValues();
    OptionValues common = new OptionValues();
    String section = "";
    int number = 0;
    for (String raw : lines()) {
      number++;
      String line = withoutComment(raw).trim();
      if (line.isEmpty()) {
        continue;
      }
      if (line.startsWith("[")) {
        if (!line.endsWith("]")) {
          throw new ConfigException(file + ":" + number + ": a section ends with ]");
        }
        section = line.substring(1, line.length() - 1).trim();
      } else if (section.isEmpty()) {
        put(common, line, number);
      } else if (network.isPresent() && section.equals(network.get())) {
        put(own, line, number);
      }
    }
    for (Option option : Option.values()) {
      common.all(option).forEach(value -> own.add(option, value));
    }
    return own;
  }

  private void put(OptionValues values, String line, int number) throws ConfigException {
    int equals = line.indexOf('=');
    String name = (equals < 0 ? line : line.substring(0, equals)).trim();
    String value = equals < 0 ? "1" : line.substring(equals + 1).trim();
    if (name.startsWith("-")) {
      throw new ConfigException(file + ":" + number + ": options have no hyphens in front here");
    }
    Option.named(name)
        .ifPresentOrElse(
            option -> values.add(option, value),
            () -> {
              if (warnings != null) {
                warnings.add(file + ":" + number + ": unknown option " + name);
              }
            });
  }

  private List<String> lines() throws ConfigException {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new ConfigException("cannot read the configuration file " + file + ": " + e);
    }
  }

  private static String withoutComment(String line) {
    int hash = line.indexOf('#');
    return hash < 0 ? line : line.substring(0, hash);
  }
}
