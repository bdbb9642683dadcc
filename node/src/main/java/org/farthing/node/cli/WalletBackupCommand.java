package org.farthing.node.cli;

import java.nio.file.Path;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** All of a wallet in one file. */
@Command(
    name = "backup",
    description = {
      "Write all that there is of a wallet into one file.",
      "'farthing wallet restore NAME --backup FILE' makes the wallet from it."
    })
final class WalletBackupCommand extends OneWalletCommand {
  @Parameters(index = "0", paramLabel = "FILE", description = "where to; a folder will do")
  private Path file;

  WalletBackupCommand(Session session) {
    super(session);
  }

  @Override
  int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
    wallet.call("backupwallet", file.toAbsolutePath().toString());
    if (!wantsJson()) {
      terminal().println("wallet '" + name + "' is written to " + file);
      if (!wallet.call("getwalletinfo").has("unlocked_until")) {
        terminal().note("it has no passphrase: whoever has the file has the coins");
      }
    }
    return ExitCode.OK;
  }
}
