package org.farthing.node.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A node in the foreground. Its usual command lines are read by {@link PlainNodeLine}. */
@Command(
    name = "node",
    description = {
      "Run a node until Ctrl-C, SIGTERM or 'farthing rpc stop'.",
      "Options can also stand in farthing.conf in the data directory (rpc-port=28761)",
      "and in the environment (FARTHING_RPC_PORT=28761)."
    })
final class NodeCommand implements Callable<Integer> {
  static final String EXIT_WITH_PARENT = "--exit-with-parent";
  static final String NEW_WALLET = "--new-wallet";

  private final Session session;
  @Spec private CommandSpec spec;

  @Option(
      names = EXIT_WITH_PARENT,
      hidden = true,
      description = "stop when standard input ends, as it does when its other end is gone")
  private boolean exitWithParent;

  @Option(
      names = NEW_WALLET,
      paramLabel = "NAME",
      description = "make this wallet if it is not there, not encrypted; for test networks")
  private List<String> newWallets = new ArrayList<>();

  private NodeCommand(Session session) {
    this.session = session;
  }

  static CommandLine commandLine(Session session) {
    CommandLine command = new CommandLine(new NodeCommand(session));
    NodeOptions.addTo(command.getCommandSpec());
    return command;
  }

  @Override
  public Integer call() throws CliException, RefusedException, InterruptedException {
    return wanted().run(session);
  }

  /** What the command line says, once it is parsed. */
  NodeRun wanted() {
    return new NodeRun(NodeOptions.read(spec), newWallets, exitWithParent);
  }
}
