package org.farthing.node.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command itself; what it does, its subcommands do. */
@Command(
    name = "farthing",
    description = "Peer-to-peer electronic cash: a full node, a wallet and a test network.",
    versionProvider = Farthing.Versions.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 done; 1 refused or failed; 2 wrong command line;",
      "3 no node answers; 4 the node refuses our credentials.",
      "",
      "Start with 'farthing testnet': four nodes, two miners, two wallets, one payment.",
      "'farthing COMMAND --help' says more about a command."
    })
final class Farthing implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  static final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {VersionCommand.text()};
    }
  }

  /** The subcommands in the order of the help, each made when it is wanted. */
  private static final Map<String, Function<Session, CommandLine>> SUBCOMMANDS =
      new LinkedHashMap<>();

  static {
    SUBCOMMANDS.put("node", NodeCommand::commandLine);
    SUBCOMMANDS.put("testnet", session -> new CommandLine(new TestnetCommand(session)));
    SUBCOMMANDS.put("wallet", WalletCommand::commandLine);
    SUBCOMMANDS.put("contract", ContractCommand::commandLine);
    SUBCOMMANDS.put("mine", MineCommand::commandLine);
    SUBCOMMANDS.put("peers", session -> new CommandLine(new PeersCommand(session)));
    SUBCOMMANDS.put("messages", session -> new CommandLine(new MessagesCommand(session)));
    SUBCOMMANDS.put("status", session -> new CommandLine(new StatusCommand(session)));
    SUBCOMMANDS.put("rpc", RpcCommand::commandLine);
    SUBCOMMANDS.put("simulate", session -> new CommandLine(new SimulateCommand(session)));
    SUBCOMMANDS.put("bench", session -> new CommandLine(new BenchCommand(session)));
    SUBCOMMANDS.put("version", session -> new CommandLine(new VersionCommand(session)));
    SUBCOMMANDS.put(
        "completion", session -> new CommandLine(new AutoComplete.GenerateCompletion()));
    SUBCOMMANDS.put("help", session -> new CommandLine(new CommandLine.HelpCommand()));
  }

  /**
   * The command as these arguments need it. To make all subcommands takes longer than most of them
   * run: where the first argument names one, there is only that one.
   */
  static CommandLine commandLine(Session session, String... arguments) {
    CommandLine root = new CommandLine(new Farthing());
    root.addMixin("which node", session.which());
    boolean needsAll =
        arguments.length == 0
            || !SUBCOMMANDS.containsKey(arguments[0])
            || arguments[0].equals("help")
            || arguments[0].equals("completion");
    SUBCOMMANDS.forEach(
        (name, maker) -> {
          if (needsAll || name.equals(arguments[0])) {
            root.addSubcommand(name, maker.apply(session));
          }
        });
    addHelp(root);
    return root;
  }

  private static void addHelp(CommandLine command) {
    if (!command.getCommandName().equals("help")) {
      command.getCommandSpec().mixinStandardHelpOptions(true);
    }
    command.getSubcommands().values().forEach(Farthing::addHelp);
  }
}
