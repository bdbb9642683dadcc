package org.farthing.node.cli;

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
      "Exit codes: 0 done; 1 refused or failed; 2 wrong command line; 3 no node answers;",
      "4 the node refuses our credentials.",
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

  /** The command with all its subcommands. */
  static CommandLine commandLine(Session session) {
    CommandLine root = new CommandLine(new Farthing());
    root.addMixin("which node", session.which());
    root.addSubcommand(new TestnetCommand(session));
    root.addSubcommand(WalletCommand.commandLine(session));
    root.addSubcommand(MineCommand.commandLine(session));
    root.addSubcommand(new PeersCommand(session));
    root.addSubcommand(new StatusCommand(session));
    CommandLine rpc = new CommandLine(new RpcCommand(session));
    rpc.setStopAtPositional(true);
    root.addSubcommand(rpc);
    root.addSubcommand(new VersionCommand(session));
    root.addSubcommand("completion", new picocli.AutoComplete.GenerateCompletion());
    root.addSubcommand(new CommandLine.HelpCommand());
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
