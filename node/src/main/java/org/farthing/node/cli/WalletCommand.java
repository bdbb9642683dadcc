package org.farthing.node.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The wallets of a node. */
@Command(
    name = "wallet",
    description = "Make wallets, look into them, and send coins.",
    synopsisSubcommandLabel = "COMMAND")
final class WalletCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  static CommandLine commandLine(Session session) {
    return new CommandLine(new WalletCommand())
        .addMixin("without a node", session.light())
        .addSubcommand(new WalletCreateCommand(session))
        .addSubcommand(new WalletRestoreCommand(session))
        .addSubcommand(new WalletListCommand(session))
        .addSubcommand(new WalletAddressCommand(session))
        .addSubcommand(new WalletBalanceCommand(session))
        .addSubcommand(new WalletSendCommand(session))
        .addSubcommand(new WalletHistoryCommand(session));
  }
}
