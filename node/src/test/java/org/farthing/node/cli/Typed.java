package org.farthing.node.cli;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import org.farthing.node.cli.terminal.Terminal;

/** A command that somebody typed, and what it said. */
final class Typed {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Map<String, String> environment = new HashMap<>();
  private int exitCode;

  static Typed command(String... arguments) {
    return new Typed().run(arguments);
  }

  Typed with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Typed run(String... arguments) {
    exitCode = Main.run(terminal(), environment, arguments);
    return this;
  }

  /** One that nobody sits at. */
  Terminal terminal() {
    return new Terminal(
        new BufferedReader(new StringReader("")),
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        "",
        false);
  }

  int exitCode() {
    return exitCode;
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }
}
