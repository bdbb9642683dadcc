package org.farthing.node.cli;

import java.nio.file.Path;
import org.farthing.consensus.params.Network;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.contract.Chain;
import org.farthing.node.cli.contract.ContractFile;
import org.farthing.node.cli.contract.Swap;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The second agrees. */
@Command(
    name = "accept",
    description = "Accept an offer: FILE is yours, ANSWER is for the other side.")
final class SwapAcceptCommand extends SwapStep {
  @Parameters(index = "0", paramLabel = "OFFER", description = "what the other side gave")
  private Path offer;

  @Parameters(index = "1", paramLabel = "FILE", description = "your file, to be kept")
  private Path file;

  @Parameters(index = "2", paramLabel = "ANSWER", description = "file for the other side")
  private Path answer;

  SwapAcceptCommand(Session session) {
    super(session);
  }

  @Override
  int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
    Swap offered = Swap.of(ContractFile.open(offer));
    Swap.Leg get = offered.leg(Swap.FIRST);
    Swap.Leg give = offered.leg(Swap.SECOND);
    terminal().note("you give  " + Swap.coins(give.amount()) + " on " + give.network());
    terminal().note("you get   " + Swap.coins(get.amount()) + " on " + get.network());
    terminal()
        .note(
            "yours is locked up to block "
                + give.until()
                + ", theirs up to "
                + get.until()
                + ": theirs must take clearly longer");
    consent.ask(session(), "Accept?");
    ContractFile other = ContractFile.create(answer, Swap.KIND);
    ContractFile mine = ContractFile.create(file, Swap.KIND);
    mine.content().setAll(offered.file().content());
    Swap swap = Swap.of(mine);
    swap.role(Swap.SECOND);
    Chain chain = Chain.of(wallet, give.network());
    Network here = chain.params().network();
    swap.leg(Swap.FIRST).key("claim", freshKey(wallet, name, here));
    swap.leg(Swap.SECOND).key("refund", freshKey(wallet, name, here));
    swap.complete();
    swap.see(swap.ownLeg(), chain, nowSeconds());
    mine.save();
    swap.writeFor(other);
    terminal()
        .println(
            "Give "
                + answer
                + " to the other side, who locks first. Then, on "
                + get.network()
                + ":");
    terminal().println("  farthing contract swap status " + file);
    return ExitCode.OK;
  }
}
