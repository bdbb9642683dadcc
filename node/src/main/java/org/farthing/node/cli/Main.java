package org.farthing.node.cli;

import java.util.Map;
import java.util.Optional;
import org.farthing.node.cli.logging.QuietStart;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.cli.terminal.Terminal;
import org.farthing.node.transport.EventLoops;
import picocli.CommandLine;

/** Where the process begins. */
public final class Main {
  static {
    QuietStart.ofThisProcess();
    EventLoops.ofThisProcess();
  }

  private Main() {}

  public static void main(String[] arguments) {
    Map<String, String> environment = System.getenv();
    int exitCode = run(Terminal.ofProcess(environment), environment, arguments);
    // Threads of the libraries below may linger; what the command had to do is done.
    System.exit(exitCode);
  }

  /** Runs one command to its end, and returns the exit code. */
  static int run(Terminal terminal, Map<String, String> environment, String... arguments) {
    try (Session session = new Session(terminal, environment)) {
      return run(session, arguments);
    } finally {
      terminal.out().flush();
      terminal.err().flush();
    }
  }

  private static int run(Session session, String... arguments) {
    Optional<NodeRun> node = PlainNodeLine.read(session, arguments);
    return node.isPresent() ? runNode(session, node.get()) : runCommand(session, arguments);
  }

  private static int runNode(Session session, NodeRun node) {
    try {
      return node.run(session);
    } catch (Exception e) {
      return failed(session, e);
    }
  }

  private static int failed(Session session, Exception failure) {
    try {
      return new Failures(session).execution(failure);
    } catch (Exception unexpected) {
      unexpected.printStackTrace(session.terminal().err());
      return ExitCode.FAILED;
    }
  }

  private static int runCommand(Session session, String... arguments) {
    Terminal terminal = session.terminal();
    CommandLine commandLine = Farthing.commandLine(session, arguments);
    Failures failures = new Failures(session);
    commandLine
        .setOut(terminal.out())
        .setErr(terminal.err())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setAllowSubcommandsAsOptionParameters(true)
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(
                terminal.colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
        .setExecutionExceptionHandler((e, command, parsed) -> failures.execution(e))
        .setParameterExceptionHandler((e, args) -> failures.commandLine(e));
    return commandLine.execute(arguments);
  }
}
