package org.farthing.node.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Coins of one network for coins of another. */
@Command(
    name = "swap",
    description = {
      "Exchange coins of two networks: on both, or on none.",
      "The first: offer, lock, status, claim. The second: accept, status, lock, status,",
      "claim. Who gets nothing takes his coins back: refund."
    },
    synopsisSubcommandLabel = "COMMAND")
final class SwapCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  static CommandLine commandLine(Session session) {
    return new CommandLine(new SwapCommand())
        .addSubcommand(new SwapOfferCommand(session))
        .addSubcommand(new SwapAcceptCommand(session))
        .addSubcommand(new SwapLockCommand(session))
        .addSubcommand(new SwapStatusCommand(session))
        .addSubcommand(new SwapClaimCommand(session))
        .addSubcommand(new SwapRefundCommand(session));
  }
}
