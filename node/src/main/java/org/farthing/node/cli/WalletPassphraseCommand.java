package org.farthing.node.cli;

import java.nio.file.Path;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Encrypts a wallet, or changes the passphrase that it has. */
@Command(
    name = "passphrase",
    description = "Change the passphrase of a wallet, or encrypt one that has none.")
final class WalletPassphraseCommand extends OneWalletCommand {
  @Option(
      names = "--new-passphrase-file",
      paramLabel = "FILE",
      description = "the new passphrase is the first line of this file (otherwise it is asked for)")
  private Path next;

  @Mixin private final Passphrases passphrases = new Passphrases();

  WalletPassphraseCommand(Session session) {
    super(session);
  }

  @Override
  int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
    if (wallet.call("getwalletinfo").has("unlocked_until")) {
      String former = passphrases.existing(name, session());
      wallet.call("walletpassphrasechange", former, Passphrases.next(next, session()));
      terminal().println("wallet '" + name + "' has a new passphrase; backups keep the former one");
    } else {
      wallet.call("encryptwallet", Passphrases.next(next, session()));
      terminal()
          .println("wallet '" + name + "' is encrypted and locked; backups made before are not");
    }
    return ExitCode.OK;
  }
}
