package org.farthing.node.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.farthing.node.app.RpcStartException;
import org.farthing.node.app.StartException;
import org.farthing.node.cli.logging.NodeLog;
import org.farthing.node.cli.logging.QuietStart;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.cli.terminal.Terminal;
import org.farthing.node.config.ConfigException;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.config.core.CoreOptions;
import org.farthing.node.rpc.port.LogPort;
import org.farthing.node.transport.EventLoops;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node in the place of {@code bitcoind}: Bitcoin Core's options, exit codes and ways to say what
 * went wrong. Standard error stays empty where all is well, since programs look at it.
 */
public final class Bitcoind {
  static {
    QuietStart.ofThisProcess();
    EventLoops.ofThisProcess();
  }

  private static final Logger LOG = LoggerFactory.getLogger(Bitcoind.class);

  private final Terminal terminal;
  private final Map<String, String> environment;

  private Bitcoind(Terminal terminal, Map<String, String> environment) {
    this.terminal = terminal;
    this.environment = new TreeMap<>(environment);
    this.environment.keySet().removeAll(Session.NOT_OF_THE_NODE);
  }

  /** Where the process begins. */
  public static void main(String[] arguments) throws InterruptedException {
    Map<String, String> environment = System.getenv();
    Terminal terminal = Terminal.ofProcess(environment);
    int exitCode = new Bitcoind(terminal, environment).run(List.of(arguments));
    terminal.out().flush();
    terminal.err().flush();
    System.exit(exitCode);
  }

  private int run(List<String> arguments) throws InterruptedException {
    try {
      CoreOptions options = CoreOptions.of(arguments);
      return switch (options.request()) {
        case HELP -> print(BitcoindHelp.text());
        case VERSION -> print(BitcoindHelp.version());
        case NODE -> runNode(options.read(environment));
      };
    } catch (RpcStartException e) {
      LOG.error(e.getMessage());
      return refuse("Unable to start HTTP server. See debug log for details.");
    } catch (StartException e) {
      return e.isRebuildable() ? fail(e.getMessage()) : refuse(e.getMessage());
    } catch (ConfigException e) {
      return refuse(e.getMessage());
    }
  }

  private int runNode(CoreOptions.Result options)
      throws ConfigException, StartException, InterruptedException {
    NodeConfig config = options.parsed().config();
    config.limits().expectHeap();
    config.data().refuseBitcoinCores();
    options.notices().forEach(terminal::note);
    LogPort log = NodeLog.open(config);
    try (ForegroundNode node = ForegroundNode.start(config, log)) {
      options.remarks().forEach(LOG::info);
      options.notices().forEach(LOG::warn);
      options.parsed().warnings().forEach(LOG::warn);
      node.startNotices().forEach(this::warn);
      return node.untilStopped()
          .map(
              failure ->
                  refuse("A fatal internal error occurred, see debug.log for details: " + failure))
          .orElse(ExitCode.OK);
    }
  }

  private void warn(String text) {
    LOG.warn(text);
    terminal.note("Warning: " + text);
  }

  private int print(String text) {
    terminal.out().print(text);
    return ExitCode.OK;
  }

  private int refuse(String reason) {
    return fail("Error: " + reason);
  }

  private int fail(String text) {
    terminal.note(text);
    return ExitCode.FAILED;
  }
}
