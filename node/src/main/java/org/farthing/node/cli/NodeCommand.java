package org.farthing.node.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.farthing.node.app.StartException;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.logging.NodeLog;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.config.ConfigException;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.config.OptionValues;
import org.farthing.node.config.Options;
import org.farthing.node.rpc.port.LogPort;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A node in the foreground. */
@Command(
    name = "node",
    description = {
      "Run a node until Ctrl-C, SIGTERM or 'farthing rpc stop'.",
      "Options can also stand in farthing.conf in the data directory (rpc-port=28761)",
      "and in the environment (FARTHING_RPC_PORT=28761)."
    })
final class NodeCommand implements Callable<Integer> {
  private final Session session;
  @Spec private CommandSpec spec;

  @Option(
      names = "--exit-with-parent",
      hidden = true,
      description = "stop when standard input ends, as it does when its other end is gone")
  private boolean exitWithParent;

  @Option(
      names = "--new-wallet",
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
    // Who runs a node by hand wants to see what it does, and several nodes side by side.
    OptionValues defaults =
        new OptionValues()
            .add(org.farthing.node.config.Option.PRINT_TO_CONSOLE, "1")
            .add(org.farthing.node.config.Option.LOG_TIME_MICROS, "1");
    Options.Parsed parsed = session.options(NodeOptions.read(spec), defaults);
    parsed.warnings().forEach(text -> session.terminal().note("farthing: " + text));
    NodeConfig config = parsed.config();
    try {
      config.limits().expectHeap();
    } catch (ConfigException e) {
      throw CliException.usage(e.getMessage());
    }
    LogPort log;
    try {
      config.data().refuseBitcoinCores();
      log = NodeLog.open(config);
    } catch (ConfigException e) {
      throw CliException.failed(e.getMessage());
    }
    FirstWallets firstWallets = new FirstWallets(newWallets, config);
    try (ForegroundNode node = ForegroundNode.start(firstWallets.configForStart(), log)) {
      firstWallets.open();
      if (exitWithParent) {
        node.stopWhenEnds(System.in);
      }
      return node.untilStopped().map(this::report).orElse(ExitCode.OK);
    } catch (StartException e) {
      throw CliException.failed(e.withAdvice());
    }
  }

  private int report(Throwable failure) {
    session.terminal().note("farthing: the node could not go on: " + failure);
    return ExitCode.FAILED;
  }
}
