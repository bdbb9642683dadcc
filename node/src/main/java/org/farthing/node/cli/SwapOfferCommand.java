package org.farthing.node.cli;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Network;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.contract.Chain;
import org.farthing.node.cli.contract.ContractFile;
import org.farthing.node.cli.contract.ContractKeys;
import org.farthing.node.cli.contract.Swap;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.wallet.keys.PrivateKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The first says what he gives and wants. */
@Command(
    name = "offer",
    description = {
      "Offer a swap: FILE is yours, OFFER is for the other side.",
      "Your coins are locked longer than the other's: choose --until late enough."
    })
final class SwapOfferCommand extends SwapStep {
  @Parameters(index = "0", paramLabel = "FILE", description = "your file, to be kept")
  private Path file;

  @Parameters(index = "1", paramLabel = "OFFER", description = "file for the other side")
  private Path offer;

  @Option(names = "--give", paramLabel = "AMOUNT", required = true, description = "you give")
  private String give;

  @Option(
      names = "--until",
      paramLabel = "HEIGHT",
      required = true,
      description = "you get it back from this block of this network on")
  private int until;

  @Option(names = "--want", paramLabel = "AMOUNT", required = true, description = "you get")
  private String want;

  @Option(
      names = "--want-on",
      paramLabel = "NETWORK",
      required = true,
      description = "on this network")
  private String network;

  @Option(
      names = "--want-until",
      paramLabel = "HEIGHT",
      required = true,
      description = "the other gets it back from this block of that network on")
  private int wantUntil;

  SwapOfferCommand(Session session) {
    super(session);
  }

  @Override
  int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
    Chain chain = Chain.of(wallet);
    if (ConsensusParams.byName(network).isEmpty()) {
      throw CliException.usage("network '" + network + "' is not known");
    }
    BigDecimal given = AmountArgument.parse(give);
    BigDecimal wanted = AmountArgument.parse(want);
    if (until <= chain.height()) {
      throw CliException.usage("--until wants a block that is still to come");
    }
    ContractFile other = ContractFile.create(offer, Swap.KIND);
    Swap swap = Swap.of(ContractFile.create(file, Swap.KIND));
    swap.role(Swap.FIRST);
    Network here = chain.params().network();
    String claim = freshKey(wallet, name, here);
    swap.leg(Swap.FIRST)
        .terms(chain.name(), given, until)
        .key("refund", freshKey(wallet, name, here));
    swap.leg(Swap.SECOND).terms(network, wanted, wantUntil).key("claim", claim);
    List<PrivateKey> own = own(wallet, name, chain, "wsh(pk(" + claim + "))");
    swap.commit(ContractKeys.secret(own.get(0)));
    swap.see(swap.ownLeg(), chain, nowSeconds());
    swap.file().save();
    swap.writeFor(other);
    terminal().println("Give " + offer + " to the other side, and wait for the answer. Then:");
    terminal().println("  farthing contract swap lock " + file + " --answer ANSWER");
    return ExitCode.OK;
  }
}
