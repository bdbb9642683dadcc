package org.farthing.node.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Payments under conditions. */
@Command(
    name = "contract",
    description = {
      "Lock coins until a time, for heirs, or for a swap with coins of another network.",
      "What a contract is stands in a file, which has no private keys: keep it. It takes",
      "the file and the wallet to get at the coins."
    },
    synopsisSubcommandLabel = "COMMAND")
final class ContractCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  static CommandLine commandLine(Session session) {
    return new CommandLine(new ContractCommand())
        .addSubcommand(new ContractKeyCommand(session))
        .addSubcommand(new ContractVestCommand(session))
        .addSubcommand(new ContractInheritCommand(session))
        .addSubcommand(new ContractShowCommand(session))
        .addSubcommand(new ContractClaimCommand(session))
        .addSubcommand("swap", SwapCommand.commandLine(session));
  }
}
