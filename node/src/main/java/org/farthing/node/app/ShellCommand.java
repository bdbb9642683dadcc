package org.farthing.node.app;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commands of the operator's, run by the system's shell when something happens. */
final class ShellCommand {
  private static final Logger LOG = LoggerFactory.getLogger(ShellCommand.class);

  /** What is none of these is left out of texts, so that no text can end its quotation. */
  private static final String UNSAFE = "[^A-Za-z0-9 .,;_/:?@()-]";

  private ShellCommand() {}

  /**
   * Runs a command and does not wait for it.
   *
   * @param text stands, quoted, for each {@code %s} of the command
   */
  static void at(String text, Optional<String> command) {
    command.map(line -> withText(line, text)).ifPresent(ShellCommand::run);
  }

  static String withText(String command, String text) {
    return command.replace("%s", "'" + text.replaceAll(UNSAFE, "") + "'");
  }

  private static void run(String command) {
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    ProcessBuilder builder =
        windows
            ? new ProcessBuilder("cmd.exe", "/c", command)
            : new ProcessBuilder("/bin/sh", "-c", command);
    try {
      Process process = builder.inheritIO().start();
      var unused = process.onExit().thenAccept(ended -> report(command, ended.exitValue()));
    } catch (IOException e) {
      LOG.error("runCommand error: {}: {}", command, e.getMessage());
    }
  }

  private static void report(String command, int exitCode) {
    if (exitCode != 0) {
      LOG.error("runCommand error: system({}) returned {}", command, exitCode);
    }
  }
}
