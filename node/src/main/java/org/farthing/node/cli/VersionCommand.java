package org.farthing.node.cli;

import java.util.concurrent.Callable;
import org.farthing.node.cli.outcome.ExitCode;
import picocli.CommandLine.Command;

/** Which Farthing this is, and what it runs on. */
@Command(name = "version", description = "Show the version of Farthing, and of the Java below it.")
final class VersionCommand implements Callable<Integer> {
  private final Session session;

  VersionCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    session.terminal().println(text());
    return ExitCode.OK;
  }

  static String text() {
    return "farthing "
        + Version.NUMBER
        + " (Java "
        + System.getProperty("java.version")
        + ", "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch")
        + ")";
  }
}
