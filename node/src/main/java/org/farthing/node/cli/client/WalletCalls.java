package org.farthing.node.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.terminal.Terminal;
import org.farthing.node.rpc.error.RpcErrorCode;

/** Calls about whole wallets, which more than one command makes. */
public final class WalletCalls {
  private static final String LOAD_ON_STARTUP = "load_on_startup";
  private static final long PAUSE_MILLIS = 100;

  private WalletCalls() {}

  /**
   * Loads the wallet of this name if it is not loaded, and makes it, unencrypted, if it is not
   * there.
   */
  public static void openOrCreate(RpcClient node, String name)
      throws CliException, RefusedException {
    for (JsonNode loaded : node.call("listwallets")) {
      if (loaded.asText().equals(name)) {
        return;
      }
    }
    try {
      load(node, name);
    } catch (RefusedException e) {
      if (!e.is(RpcErrorCode.WALLET_NOT_FOUND)) {
        throw e;
      }
      node.callWith(
          "createwallet", Json.object().put("wallet_name", name).put(LOAD_ON_STARTUP, true));
    }
  }

  /** Loads a wallet, now and whenever the node starts. */
  public static void load(RpcClient node, String name) throws CliException, RefusedException {
    node.callWith("loadwallet", Json.object().put("filename", name).put(LOAD_ON_STARTUP, true));
  }

  /** Waits until a wallet has looked through the chain for its payments. */
  public static void awaitCaughtUp(RpcClient wallet, Terminal terminal)
      throws CliException, RefusedException {
    try {
      while (true) {
        JsonNode scanning = wallet.call("getwalletinfo").path("scanning");
        if (!scanning.isObject()) {
          return;
        }
        terminal.draft("looking for coins, at height " + scanning.path("height").asText());
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliException.failed("interrupted; the node goes on to look for the wallet's coins");
    } finally {
      terminal.clearDraft();
    }
  }

  /** A new address of a wallet, for mined coins. */
  public static String miningAddress(RpcClient node, String wallet)
      throws CliException, RefusedException {
    return node.wallet(wallet).call("getnewaddress", "mining").asText();
  }
}
