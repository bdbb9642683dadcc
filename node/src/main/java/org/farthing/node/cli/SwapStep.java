package org.farthing.node.cli;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.contract.Chain;
import org.farthing.node.cli.contract.ContractKeys;
import org.farthing.node.cli.contract.Swap;
import org.farthing.node.cli.contract.SwapAdvice;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.wallet.keys.PrivateKey;
import picocli.CommandLine.Mixin;

/** A step that takes keys of a wallet. */
abstract class SwapStep extends OneWalletCommand {
  static final String USUAL_CONFIRMATIONS = "" + SwapAdvice.USUAL_CONFIRMATIONS;

  @Mixin final Consent consent = new Consent();
  @Mixin final Unlocking unlocking = new Unlocking();

  SwapStep(Session session) {
    super(session);
  }

  final String freshKey(RpcClient wallet, String name, Network network)
      throws CliException, RefusedException {
    return unlocking.during(wallet, name, session(), () -> ContractKeys.fresh(wallet, network));
  }

  final List<PrivateKey> own(RpcClient wallet, String name, Chain chain, String descriptor)
      throws CliException, RefusedException {
    return unlocking.during(
        wallet,
        name,
        session(),
        () -> ContractKeys.own(wallet, chain.parse(descriptor), chain.params().network()));
  }

  final Script payee(RpcClient wallet, Chain chain) throws CliException, RefusedException {
    String address = wallet.call("getnewaddress", "swap").asText();
    return Addresses.address(address, chain.params().network()).toScript();
  }

  /** Asks, and sends what takes coins to this wallet. */
  final int take(Chain chain, Transaction transaction, String question)
      throws CliException, RefusedException {
    consent.ask(session(), question);
    terminal().println(chain.send(transaction));
    return ExitCode.OK;
  }

  static long nowSeconds() {
    return TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
  }

  /** The node of one network may be away while the other's is there. */
  static CliException after(CliException e, Swap.Leg leg) {
    return e.after("the swap's coins are on " + leg.network() + ", and ");
  }
}
