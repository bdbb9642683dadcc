package org.farthing.node.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.terminal.Terminal;

/** What a command comes out with, in a file if its caller named one. */
final class OutputFile {
  private OutputFile() {}

  /**
   * @param file null for the terminal
   */
  static void write(Path file, List<String> lines, Terminal terminal) throws CliException {
    if (file == null) {
      lines.forEach(terminal::println);
      return;
    }
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw CliException.failed("cannot write " + file + ": " + e.getMessage());
    }
  }
}
