package org.farthing.node.cli;

import java.util.List;
import org.farthing.node.app.StartException;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.logging.NodeLog;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.config.ConfigException;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.config.Option;
import org.farthing.node.config.OptionValues;
import org.farthing.node.config.Options;
import org.farthing.node.rpc.port.LogPort;

/**
 * A node in the foreground, as a command line wants it.
 *
 * @param options what the command line says of the node
 * @param newWallets are made if they are not there
 * @param exitWithParent whether it stops when standard input ends
 */
record NodeRun(OptionValues options, List<String> newWallets, boolean exitWithParent) {
  NodeRun {
    newWallets = List.copyOf(newWallets);
  }

  /** Runs the node to its end, and returns the exit code. */
  int run(Session session) throws CliException, RefusedException, InterruptedException {
    // Who runs a node by hand wants to see what it does, and several nodes side by side.
    OptionValues defaults =
        new OptionValues().add(Option.PRINT_TO_CONSOLE, "1").add(Option.LOG_TIME_MICROS, "1");
    Options.Parsed parsed = session.options(options, defaults);
    parsed.warnings().forEach(text -> session.terminal().note("farthing: " + text));
    NodeConfig config = parsed.config();
    LogPort log = openLog(config);
    FirstWallets firstWallets = new FirstWallets(newWallets, config);
    try (ForegroundNode node = ForegroundNode.start(firstWallets.configForStart(), log)) {
      firstWallets.open();
      if (exitWithParent) {
        node.stopWhenEnds(System.in);
      }
      return node.untilStopped().map(failure -> report(session, failure)).orElse(ExitCode.OK);
    } catch (StartException e) {
      throw CliException.failed(e.withAdvice());
    }
  }

  private static LogPort openLog(NodeConfig config) throws CliException {
    try {
      config.limits().expectHeap();
    } catch (ConfigException e) {
      throw CliException.usage(e.getMessage());
    }
    try {
      config.data().refuseBitcoinCores();
      return NodeLog.open(config);
    } catch (ConfigException e) {
      throw CliException.failed(e.getMessage());
    }
  }

  private static int report(Session session, Throwable failure) {
    session.terminal().note("farthing: the node could not go on: " + failure);
    return ExitCode.FAILED;
  }
}
