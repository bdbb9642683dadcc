package org.farthing.node.cli;

import java.nio.file.Path;
import java.util.List;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.contract.Chain;
import org.farthing.node.cli.contract.ContractFile;
import org.farthing.node.cli.contract.Swap;
import org.farthing.node.cli.contract.SwapObstacle;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.wallet.keys.PrivateKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes the other's coins. */
@Command(name = "claim", description = "Take the other side's coins, with the secret.")
final class SwapClaimCommand extends SwapStep {
  @Parameters(index = "0", paramLabel = "FILE", description = "your file")
  private Path file;

  @Option(
      names = "--confirmations",
      paramLabel = "N",
      defaultValue = USUAL_CONFIRMATIONS,
      description = {
        "so deep must they be before the secret is told (default: ${DEFAULT-VALUE});",
        "the second, who learnt it, does not wait"
      })
  private int confirmations;

  @Mixin private final ContractFee fee = new ContractFee();

  SwapClaimCommand(Session session) {
    super(session);
  }

  @Override
  CliException away(CliException e) throws CliException {
    return after(e, Swap.of(ContractFile.open(file)).otherLeg());
  }

  @Override
  int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
    Swap swap = Swap.of(ContractFile.open(file));
    Swap.Leg leg = swap.otherLeg();
    Chain chain = Chain.of(wallet, leg.network());
    List<PrivateKey> own = own(wallet, name, chain, leg.descriptor());
    if (swap.role().equals(Swap.FIRST)) {
      swap.look(leg, chain);
      swap.see(leg, chain, nowSeconds());
      if (leg.coin().isPresent()) {
        SwapObstacle.expectNone(SwapObstacle.toClaiming(swap, confirmations, nowSeconds()));
      }
    }
    return take(
        chain,
        swap.claim(leg, chain, own, payee(wallet, chain), fee.satPerKvb(chain)),
        "Take " + Swap.coins(leg.amount()) + " on " + leg.network() + "?");
  }
}
