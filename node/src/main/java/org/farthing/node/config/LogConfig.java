package org.farthing.node.config;

import java.util.Map;

/**
 * What is logged, and where to.
 *
 * @param level of everything
 * @param details categories of which more is said than {@code level} asks for
 */
public record LogConfig(
    Level level, Map<LogCategory, Level> details, Targets targets, Form form, LineFormat line) {
  public LogConfig {
    details = Map.copyOf(details);
  }

  /**
   * @param file that the data directory names
   * @param console standard output
   */
  public record Targets(boolean file, boolean console) {}

  /** Who reads the log. */
  public enum Form {
    /** People, and programs that know Bitcoin Core's log. */
    TEXT,
    /** Programs: an object in each line. */
    JSON
  }

  /**
   * What stands before a message, in text.
   *
   * @param micros times have microseconds
   * @param always category and level, also where they are the usual ones
   */
  public record LineFormat(
      boolean timestamps, boolean micros, boolean threadNames, boolean always) {}

  /** From everything to nothing but failures. */
  public enum Level {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR
  }
}
