package org.farthing.node.cli;

import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import picocli.CommandLine.Command;

/** Takes the keys away again. */
@Command(name = "lock", description = "Lock a wallet at once.")
final class WalletLockCommand extends OneWalletCommand {
  WalletLockCommand(Session session) {
    super(session);
  }

  @Override
  int runOn(RpcClient wallet, String name) throws CliException, RefusedException {
    wallet.call("walletlock");
    return ExitCode.OK;
  }
}
