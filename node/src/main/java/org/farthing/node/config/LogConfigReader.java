package org.farthing.node.config;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.node.config.LogConfig.Level;

/** The options of the log. */
final class LogConfigReader {
  private static final Map<String, Level> DETAILS =
      Map.of("info", Level.INFO, "debug", Level.DEBUG, "trace", Level.TRACE);
  private static final String LEVELS = "info, debug, trace";

  /** No category has a name so short that a colon could stand before this place. */
  private static final int FIRST_COLON = 3;

  private final OptionReader in;

  private LogConfigReader(OptionReader in) {
    this.in = in;
  }

  static LogConfig read(OptionReader in) throws ConfigException {
    return new LogConfigReader(in).config();
  }

  private LogConfig config() throws ConfigException {
    return new LogConfig(
        in.choice(Option.LOG_LEVEL, Level.INFO),
        details(),
        new LogConfig.Targets(
            !in.isOff(Option.DEBUG_LOG_FILE), in.flag(Option.PRINT_TO_CONSOLE, false)),
        in.choice(Option.LOG_FORMAT, LogConfig.Form.TEXT),
        new LogConfig.LineFormat(
            in.flag(Option.LOG_TIMESTAMPS, true),
            in.flag(Option.LOG_TIME_MICROS, false),
            in.flag(Option.LOG_THREAD_NAMES, false),
            in.flag(Option.LOG_LEVEL_ALWAYS, false)));
  }

  private Map<LogCategory, Level> details() throws ConfigException {
    Map<LogCategory, Level> details = new EnumMap<>(LogCategory.class);
    List<String> wanted = in.allAsGiven(Option.DEBUG);
    int begin = Math.max(wanted.lastIndexOf("0"), wanted.lastIndexOf("none")) + 1;
    Map<LogCategory, Level> levels = levels();
    for (String label : wanted.subList(begin, wanted.size())) {
      for (LogCategory category : categories("debug", label)) {
        details.put(category, levels.get(category));
      }
    }
    for (String label : in.allAsGiven(Option.DEBUG_EXCLUDE)) {
      details.keySet().removeAll(categories("debugexclude", label));
    }
    return details;
  }

  private static List<LogCategory> categories(String option, String label) throws ConfigException {
    if (LogCategory.isAll(label)) {
      return List.of(LogCategory.values());
    }
    if (label.equals(LogCategory.DEPRECATED)) {
      return List.of();
    }
    return List.of(
        LogCategory.named(label)
            .orElseThrow(
                () ->
                    new ConfigException(
                        "Unsupported logging category -%s=%s.".formatted(option, label))));
  }

  /** How much is said of each category, if something is said of it. */
  private Map<LogCategory, Level> levels() throws ConfigException {
    Map<LogCategory, Level> levels = new EnumMap<>(LogCategory.class);
    Level all = Level.DEBUG;
    for (String text : in.allAsGiven(Option.DEBUG_LEVEL)) {
      if (text.indexOf(':', FIRST_COLON) >= 0) {
        String[] parts = text.split(":", -1);
        Optional<LogCategory> category = LogCategory.named(parts[0]);
        if (parts.length != 2 || category.isEmpty() || !DETAILS.containsKey(parts[1])) {
          throw new ConfigException(
              ("Unsupported category-specific logging level -loglevel=%s. Expected"
                      + " -loglevel=<category>:<loglevel>. Valid categories: %s. Valid loglevels:"
                      + " %s.")
                  .formatted(text, LogCategory.labels(), LEVELS));
        }
        levels.put(category.get(), DETAILS.get(parts[1]));
      } else if (DETAILS.containsKey(text)) {
        all = DETAILS.get(text);
      } else {
        throw new ConfigException(
            "Unsupported global logging level -loglevel=%s. Valid values: %s."
                .formatted(text, LEVELS));
      }
    }
    for (LogCategory category : LogCategory.values()) {
      levels.putIfAbsent(category, all);
    }
    return levels;
  }
}
