package org.farthing.node.config.core;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.node.config.ConfigException;

/**
 * Reads {@code bitcoin.conf}: {@code name=value} lines, {@code #} comments, and sections.
 *
 * @param settings in their order
 * @param sections whose beginnings were seen
 */
record CoreFile(List<CoreSetting> settings, List<Section> sections) {
  private static final String BLANKS = "[ \\t\\r\\n]+";

  CoreFile {
    settings = List.copyOf(settings);
    sections = List.copyOf(sections);
  }

  /**
   * @param place file and line, for people
   */
  record Section(String name, String place) {}

  /**
   * Reads a whole file.
   *
   * @param shown its name in messages
   */
  static CoreFile read(Path file, String shown) throws ConfigException {
    List<CoreSetting> settings = new ArrayList<>();
    List<Section> sections = new ArrayList<>();
    String prefix = "";
    int number = 0;
    for (String raw : lines(file)) {
      number++;
      int hash = raw.indexOf('#');
      String line = trim(hash < 0 ? raw : raw.substring(0, hash));
      if (line.isEmpty()) {
        continue;
      }
      if (line.startsWith("[") && line.endsWith("]")) {
        String section = line.substring(1, line.length() - 1);
        sections.add(new Section(section, shown + ":" + number));
        prefix = section + ".";
        continue;
      }
      CoreSetting setting = setting(line, prefix, number, hash >= 0);
      settings.add(setting);
      if (prefix.isEmpty() && !setting.section().isEmpty()) {
        sections.add(new Section(setting.section(), shown + ":" + number));
      }
    }
    return new CoreFile(settings, sections);
  }

  private static CoreSetting setting(String line, String prefix, int number, boolean comment)
      throws ConfigException {
    String where = "parse error on line " + number + ": " + line;
    if (line.startsWith("-")) {
      throw failure(where + ", options in configuration file must be specified without leading -");
    }
    int equals = line.indexOf('=');
    if (equals < 0) {
      throw failure(
          line.startsWith("no")
              ? where + ", if you intended to specify a negated option, use " + line + "=1 instead"
              : where);
    }
    String name = trim(line.substring(0, equals));
    if (comment && name.contains("rpcpassword")) {
      throw failure(
          "parse error on line "
              + number
              + ", using # in rpcpassword can be ambiguous and should be avoided");
    }
    CoreSetting setting =
        CoreSetting.of(prefix + name, Optional.of(trim(line.substring(equals + 1))));
    if (setting.name().equals("conf")) {
      throw failure(
          "conf cannot be set in the configuration file; use includeconf= if you want to include"
              + " additional config files");
    }
    return setting;
  }

  private static List<String> lines(Path file) throws ConfigException {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw failure("cannot read " + file + ": " + e);
    }
  }

  private static String trim(String text) {
    return text.replaceAll("^" + BLANKS, "").replaceAll(BLANKS + "$", "");
  }

  static ConfigException failure(String reason) {
    return new ConfigException("Error reading configuration file: " + reason);
  }
}
