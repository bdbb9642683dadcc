package org.farthing.node.config.core;

import java.util.Optional;
import java.util.Set;

/**
 * One setting as it is written: {@code name=value}, {@code name} or {@code noname}.
 *
 * @param section of the file; empty before all sections and on the command line
 * @param value after the {@code =}; a name alone means 1
 */
record CoreSetting(String section, String name, String value, Negation negation) {
  private static final String YES = "1";
  private static final String NO = "0";
  private static final String NEGATION = "no";
  private static final Set<String> SECRET =
      Set.of("rpcauth", "rpcpassword", "rpcuser", "torpassword");

  /** What the {@code no} before a name does. */
  enum Negation {
    NONE,
    NEGATED,
    /** {@code -nofoo=0} says {@code foo=1}. */
    TWICE
  }

  /**
   * Takes a key apart: {@code section.noname}.
   *
   * @param value empty where there is no {@code =}
   */
  static CoreSetting of(String key, Optional<String> value) {
    int dot = key.indexOf('.');
    String section = dot < 0 ? "" : key.substring(0, dot);
    String name = key.substring(dot + 1);
    String text = value.orElse(YES);
    if (CoreName.of(name).isPresent() || !isNegation(name)) {
      return new CoreSetting(section, name, text, Negation.NONE);
    }
    boolean negated = value.isEmpty() || isTrue(text);
    String plain = name.substring(NEGATION.length());
    return negated
        ? new CoreSetting(section, plain, NO, Negation.NEGATED)
        : new CoreSetting(section, plain, YES, Negation.TWICE);
  }

  /** Whether the option is not to be. */
  boolean negated() {
    return negation == Negation.NEGATED;
  }

  /** For the log: the value in JSON, if it is no secret. */
  String shown() {
    String key = (section.isEmpty() ? "" : "[" + section + "] ") + name + "=";
    if (SECRET.contains(name)) {
      return key + "****";
    }
    return switch (negation) {
      case NONE -> key + '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
      case NEGATED -> key + "false";
      case TWICE -> key + "true";
    };
  }

  private static boolean isNegation(String name) {
    return name.startsWith(NEGATION) && CoreName.of(name.substring(NEGATION.length())).isPresent();
  }

  /** As Bitcoin Core reads a truth: empty, or a number that is not zero. */
  static boolean isTrue(String text) {
    String digits = text.strip().replaceFirst("^[+-]", "");
    return text.isEmpty() || (digits.matches("[0-9].*") && !digits.matches("0+([^0-9].*)?"));
  }

  boolean isTrue() {
    return !negated() && isTrue(value);
  }
}
