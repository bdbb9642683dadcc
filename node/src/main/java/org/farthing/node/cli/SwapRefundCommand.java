package org.farthing.node.cli;

import java.nio.file.Path;
import java.util.List;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.contract.Chain;
import org.farthing.node.cli.contract.ContractFile;
import org.farthing.node.cli.contract.Swap;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.wallet.keys.PrivateKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes the own coins back. */
@Command(name = "refund", description = "Take your coins back, when their time is over.")
final class SwapRefundCommand extends SwapStep {
  @Parameters(index = "0", paramLabel = "FILE", description = "your file")
  private Path file;

  @Mixin private final ContractFee fee = new ContractFee();

  SwapRefundCommand(Session session) {
    super(session);
  }

  @Override
  CliException away(CliException e) throws CliException {
    return after(e, Swap.of(ContractFile.open(file)).ownLeg());
  }

  @Override
  int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
    Swap swap = Swap.of(ContractFile.open(file));
    Swap.Leg leg = swap.ownLeg();
    Chain chain = Chain.of(wallet, leg.network());
    int left = leg.until() - chain.height();
    if (left > 0) {
      throw CliException.failed("your coins can come back in " + chain.wait(left));
    }
    List<PrivateKey> own = own(wallet, name, chain, leg.descriptor());
    return take(
        chain,
        swap.refund(leg, chain, own, payee(wallet, chain), fee.satPerKvb(chain)),
        "Take " + Swap.coins(leg.amount()) + " back?");
  }
}
