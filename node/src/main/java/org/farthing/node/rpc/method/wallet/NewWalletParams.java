package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.node.wallets.WalletRegistry;
import org.farthing.wallet.Protection;

/** What the making of a wallet by keys and by words has in common. */
final class NewWalletParams {
  static final Param<String> NAME = Param.text("wallet_name", "The name of the wallet");
  static final Param<String> PASSPHRASE =
      Param.text("passphrase", "Encrypts the wallet; \"\" asks for none").orNothing();
  static final Param<Boolean> LOAD_ON_STARTUP =
      Param.flag(
              "load_on_startup",
              "Whether the node loads it at its next start; without it this stays as it is")
          .orNothing();

  /** What the caller should know beside the answer. */
  static final Result WARNINGS =
      Result.array("warnings", "what the caller should know", Result.text("", "")).maybe();

  private NewWalletParams() {}

  /** Whether the node loads the wallet at its next start, if the caller says so. */
  static void remember(WalletRegistry registry, String name, RpcRequest request) {
    request.find(LOAD_ON_STARTUP).ifPresent(wanted -> registry.remember(name, wanted));
  }

  /**
   * Encrypted, unless the caller asks for an empty passphrase or gives none at all. On the caller's
   * thread: the key takes long to make.
   */
  static Protection protection(Optional<String> passphrase, WalletAccess wallets) {
    if (passphrase.orElse("").isEmpty()) {
      return Protection.none();
    }
    char[] text = passphrase.get().toCharArray();
    try {
      return Protection.of(Passphrases.fresh(text, wallets.vaultCost()));
    } finally {
      Arrays.fill(text, '\0');
    }
  }

  /** An answer with what the caller should know, if there is anything. */
  static ObjectNode answer(String name, List<String> warnings) {
    ObjectNode json = Json.object().put("name", name);
    if (!warnings.isEmpty()) {
      json.set("warnings", Json.strings(warnings));
    }
    return json;
  }
}
