package org.farthing.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The key of a wallet for wallets of several owners. */
@Command(
    name = "key",
    description = {
      "Show the public key that cosigners need of this wallet (BIP48).",
      "'farthing wallet multisig' makes a wallet of such keys."
    })
final class WalletKeyCommand extends OneWalletCommand {
  /** BIP-0048: account 0 of a test network, scripts in a witness. */
  static final String PATH = "m/48h/1h/0h/2h";

  @Mixin private final Unlocking unlocking = new Unlocking();

  WalletKeyCommand(Session session) {
    super(session);
  }

  @Override
  int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
    String key = unlocking.during(wallet, name, session(), () -> key(wallet));
    if (wantsJson()) {
      terminal().println(Json.pretty(Json.object().put("wallet", name).put("key", key)));
    } else {
      terminal().println(key);
    }
    return ExitCode.OK;
  }

  static String key(RpcClient wallet) throws CliException, RefusedException {
    JsonNode derived = wallet.call("derivehdkey", PATH);
    return derived.path("origin").asText() + derived.path("xpub").asText();
  }
}
