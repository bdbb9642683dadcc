package org.farthing.node.cli;

import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A fresh address to be paid at. */
@Command(name = "address", description = "Make a fresh address, to be paid at.")
final class WalletAddressCommand extends OneWalletCommand {
  @Option(names = "--label", paramLabel = "TEXT", description = "what it is for")
  private String label = "";

  WalletAddressCommand(Session session) {
    super(session);
  }

  @Override
  int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
    String address = wallet.call("getnewaddress", label).asText();
    if (wantsJson()) {
      terminal().println(Json.pretty(Json.object().put("wallet", name).put("address", address)));
    } else {
      terminal().println(address);
    }
    return ExitCode.OK;
  }
}
