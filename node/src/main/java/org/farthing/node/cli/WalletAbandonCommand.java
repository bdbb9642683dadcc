package org.farthing.node.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A payment that is given up. */
@Command(
    name = "abandon",
    description = {
      "Give up a payment that no node has any more: its coins can be spent again.",
      "One that still waits to be mined gets a higher fee instead: wallet bump."
    })
final class WalletAbandonCommand extends OneWalletCommand {
  @Parameters(index = "0", paramLabel = "TXID", description = "the transaction to be given up")
  private String txid;

  @Mixin private final Consent consent = new Consent();

  WalletAbandonCommand(Session session) {
    super(session);
  }

  @Override
  int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
    expectWaiting(wallet);
    consent.ask(session(), "Give it up? Whoever still has it can have it mined.");
    try {
      wallet.call("abandontransaction", txid);
    } catch (RefusedException e) {
      throw CliException.failed("transaction " + txid + " waits in the node's mempool")
          .hint("'farthing wallet bump' raises its fee; only what no mempool has is given up.");
    }
    if (wantsJson()) {
      ObjectNode result = Json.object().put("wallet", name).put("txid", txid);
      terminal().println(Json.pretty(result.put("abandoned", true)));
    } else {
      terminal().println("transaction " + txid + " is given up; its coins can be spent again");
    }
    return ExitCode.OK;
  }

  private void expectWaiting(RpcClient wallet) throws CliException, RefusedException {
    int confirmations = wallet.call("gettransaction", txid).path("confirmations").asInt();
    if (confirmations > 0) {
      throw CliException.failed("transaction " + txid + " is in a block: nothing takes it back");
    }
  }
}
