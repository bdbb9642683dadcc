package org.farthing.node.config.core;

import java.util.Optional;

/**
 * One setting as it is written: {@code name=value}, {@code name} or {@code noname}.
 *
 * @param section of the file; empty before all sections and on the command line
 * @param value after the {@code =}; a name alone means 1
 * @param negated whether the option is not to be
 */
record CoreSetting(String section, String name, String value, boolean negated) {
  private static final String YES = "1";
  private static final String NO = "0";
  private static final String NEGATION = "no";

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
      return new CoreSetting(section, name, text, false);
    }
    // A double negation, -nofoo=0, says foo=1.
    boolean negated = value.isEmpty() || isTrue(text);
    String plain = name.substring(NEGATION.length());
    return new CoreSetting(section, plain, negated ? NO : YES, negated);
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
    return !negated && isTrue(value);
  }
}
