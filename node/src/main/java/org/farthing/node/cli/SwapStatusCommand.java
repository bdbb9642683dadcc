package org.farthing.node.cli;

import java.nio.file.Path;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.contract.Chain;
import org.farthing.node.cli.contract.ContractFile;
import org.farthing.node.cli.contract.Swap;
import org.farthing.node.cli.contract.SwapAdvice;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.cli.terminal.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks how things are. */
@Command(
    name = "status",
    description = {
      "Look how a swap stands on this network, and say what to do next.",
      "It writes down what it sees: the other network's commands rely on that."
    })
final class SwapStatusCommand extends ClientCommand {
  @Parameters(index = "0", paramLabel = "FILE", description = "your file")
  private Path file;

  @Option(
      names = "--confirmations",
      paramLabel = "N",
      defaultValue = SwapStep.USUAL_CONFIRMATIONS,
      description = "so deep are the other's coins to be (default: ${DEFAULT-VALUE})")
  private int confirmations;

  SwapStatusCommand(Session session) {
    super(session);
  }

  @Override
  int run(RpcClient node) throws CliException, RefusedException {
    Swap swap = Swap.of(ContractFile.open(file));
    Chain chain = Chain.of(node);
    boolean isOwn = chain.name().equals(swap.ownLeg().network());
    Swap.Leg leg = isOwn ? swap.ownLeg() : swap.otherLeg();
    chain.expect(leg.network());
    swap.look(leg, chain);
    int left = leg.until() - chain.height();
    swap.see(leg, chain, SwapStep.nowSeconds());
    swap.file().save();
    String whose = isOwn ? "your coins" : "the other side's coins";
    if (leg.coin().isEmpty()) {
      terminal().println(whose + " on " + leg.network() + " are not locked in a block yet");
    } else if (leg.isSpent()) {
      terminal().println(whose + " on " + leg.network() + " have been taken");
    } else {
      terminal()
          .println(
              whose
                  + " on "
                  + leg.network()
                  + " are locked, "
                  + Text.count(swap.confirmations(leg, chain), "block")
                  + " deep");
    }
    terminal()
        .println(
            left > 0
                ? "they go back to their owner from block "
                    + leg.until()
                    + " on ("
                    + chain.wait(left)
                    + ")"
                : "their owner can take them back now");
    SwapAdvice advice = new SwapAdvice(swap, confirmations, SwapStep.nowSeconds());
    terminal().println("next: " + advice.next());
    return ExitCode.OK;
  }
}
