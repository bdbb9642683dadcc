package org.farthing.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import picocli.CommandLine.Mixin;

/** Opens a wallet for one thing that takes its keys, if it is locked, and locks it again. */
final class Unlocking {
  /** How long the wallet stays unlocked, should we be ended before we can lock it again. */
  private static final int UNLOCK_SECONDS = 30;

  @Mixin private final Passphrases passphrases = new Passphrases();

  /** What takes the keys. */
  @FunctionalInterface
  interface Task<T> {
    T run() throws CliException, RefusedException;
  }

  <T> T during(RpcClient wallet, String name, Session session, Task<T> task)
      throws CliException, RefusedException {
    JsonNode unlockedUntil = wallet.call("getwalletinfo").path("unlocked_until");
    boolean locked = unlockedUntil.isNumber() && unlockedUntil.asLong() == 0;
    if (!locked) {
      return task.run();
    }
    return during(wallet, passphrases.existing(name, session), task);
  }

  /** The same, where the passphrase is known and the wallet is locked. */
  static <T> T during(RpcClient wallet, String passphrase, Task<T> task)
      throws CliException, RefusedException {
    wallet.call("walletpassphrase", passphrase, UNLOCK_SECONDS);
    try {
      return task.run();
    } finally {
      wallet.call("walletlock");
    }
  }
}
