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
        .addSubcommand(new WalletReceiveCommand(session))
        .addSubcommand(new WalletAddressCommand(session))
        .addSubcommand(new WalletBalanceCommand(session))
        .addSubcommand(new WalletSendCommand(session))
        .addSubcommand(new WalletHistoryCommand(session))
        .addSubcommand(new WalletCoinsCommand(session))
        .addSubcommand(new WalletLabelCommand(session))
        .addSubcommand(new WalletBumpCommand(session))
        .addSubcommand(new WalletAbandonCommand(session))
        .addSubcommand(new WalletImportCommand(session))
        .addSubcommand(new WalletKeyCommand(session))
        .addSubcommand(new WalletMultisigCommand(session))
        .addSubcommand("psbt", WalletPsbtCommand.commandLine(session))
        .addSubcommand(new WalletSignCommand(session))
        .addSubcommand(new WalletVerifyCommand(session))
        .addSubcommand(new WalletPassphraseCommand(session))
        .addSubcommand(new WalletUnlockCommand(session))
        .addSubcommand(new WalletLockCommand(session))
        .addSubcommand(new WalletBackupCommand(session))
        .addSubcommand(new WalletExportCommand(session));
  }
}
