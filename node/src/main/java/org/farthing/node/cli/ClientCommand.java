package org.farthing.node.cli;

import java.util.concurrent.Callable;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.cli.terminal.Terminal;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that asks a node something and prints the answer. */
abstract class ClientCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Option(names = "--json", description = "print JSON, for programs")
  private boolean json;

  ClientCommand(Session session) {
    this.session = session;
  }

  @Override
  public final Integer call() throws CliException, RefusedException {
    RpcClient node = session.connect(connection);
    try {
      return run(node);
    } catch (CliException e) {
      throw e.exitCode() == ExitCode.NO_NODE ? away(e) : e;
    }
  }

  /** What is said where no node answers: a command may know more of it. */
  CliException away(CliException e) throws CliException {
    return e;
  }

  /**
   * @return the exit code
   */
  abstract int run(RpcClient node) throws CliException, RefusedException;

  final Session session() {
    return session;
  }

  final Terminal terminal() {
    return session.terminal();
  }

  final boolean wantsJson() {
    return json;
  }
}
