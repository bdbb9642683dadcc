package org.farthing.node.cli.terminal;

/** Colours, where the reader is a terminal that wants them; otherwise the plain text. */
public enum Style {
  BOLD("1"),
  DIM("2"),
  RED("31"),
  GREEN("32"),
  YELLOW("33");

  private static final String ESCAPE = "\u001b[";

  private final String code;

  Style(String code) {
    this.code = code;
  }

  String apply(String text, boolean colours) {
    return colours && !text.isEmpty() ? ESCAPE + code + "m" + text + ESCAPE + "0m" : text;
  }
}
