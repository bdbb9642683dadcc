package org.farthing.node.cli;

import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.contract.ContractKeys;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A key for somebody else's contract. */
@Command(
    name = "key",
    description = "Show a fresh public key of a wallet, for a contract that somebody else makes.")
final class ContractKeyCommand extends OneWalletCommand {
  @Mixin private final Unlocking unlocking = new Unlocking();

  ContractKeyCommand(Session session) {
    super(session);
  }

  @Override
  int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
    String key =
        unlocking.during(
            wallet, name, session(), () -> ContractKeys.fresh(wallet, Addresses.network(wallet)));
    terminal().println(wantsJson() ? Json.pretty(Json.object().put("key", key)) : key);
    return ExitCode.OK;
  }
}
