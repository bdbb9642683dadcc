package org.farthing.node.cli;

import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.cli.terminal.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets a wallet use its keys for a while. */
@Command(name = "unlock", description = "Let a wallet use its keys for a while.")
final class WalletUnlockCommand extends OneWalletCommand {
  private static final int SECONDS_PER_MINUTE = 60;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "10",
      description = "for how long (default: ${DEFAULT-VALUE})")
  private int minutes;

  @Mixin private final Passphrases passphrases = new Passphrases();

  WalletUnlockCommand(Session session) {
    super(session);
  }

  @Override
  int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
    if (minutes < 1) {
      throw CliException.usage("--minutes wants a number from 1, not " + minutes);
    }
    if (!wallet.call("getwalletinfo").has("unlocked_until")) {
      throw CliException.failed("wallet '" + name + "' has no passphrase, and is never locked");
    }
    String passphrase = passphrases.existing(name, session());
    wallet.call("walletpassphrase", passphrase, minutes * SECONDS_PER_MINUTE);
    long until = wallet.call("getwalletinfo").path("unlocked_until").asLong();
    if (wantsJson()) {
      terminal().println(Json.pretty(Json.object().put("wallet", name).put("until", until)));
    } else {
      terminal().println("wallet '" + name + "' is unlocked until " + Text.time(until));
    }
    return ExitCode.OK;
  }
}
