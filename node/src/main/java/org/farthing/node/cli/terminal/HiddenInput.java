package org.farthing.node.cli.terminal;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads a secret from the terminal: {@code stty} switches the echo off and on again. */
final class HiddenInput {
  private HiddenInput() {}

  static Optional<String> read(String prompt, PrintWriter err, Supplier<Optional<String>> line) {
    Thread restore = new Thread(() -> stty("echo"));
    Runtime.getRuntime().addShutdownHook(restore);
    boolean hidden = stty("-echo");
    try {
      err.print(hidden ? prompt : prompt + "(it will be seen) ");
      err.flush();
      return line.get();
    } finally {
      stty("echo");
      Runtime.getRuntime().removeShutdownHook(restore);
      err.println();
    }
  }

  private static boolean stty(String argument) {
    try {
      return new ProcessBuilder("stty", argument)
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
