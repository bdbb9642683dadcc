package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.farthing.node.rpc.call.Pace;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.node.wallets.WalletRegistry;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.KeyVault;
import org.farthing.wallet.keys.VaultKey;

/** {@code walletpassphrasechange}. */
public final class WalletPassphraseChange implements RpcMethod {
  private static final Param<String> OLD = Param.text("oldpassphrase", "The present passphrase");
  private static final Param<String> NEW = Param.text("newpassphrase", "The other one");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "walletpassphrasechange",
              Category.WALLET,
              "Encrypts the wallet with another passphrase; it is locked afterwards.")
          .takes(OLD, NEW)
          .returns(Result.nothing())
          .example("\"old one\" \"new one\"");

  private final WalletAccess wallets;

  public WalletPassphraseChange(WalletAccess wallets) {
    this.wallets = wallets;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public Pace pace(RpcRequest request) {
    return Pace.LONG;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    char[] old = request.get(OLD).toCharArray();
    char[] replacement = request.get(NEW).toCharArray();
    try {
      KeyVault vault =
          wallets.registry(
              registry -> encrypted(registry, request, old, replacement).locking().vault());
      try (VaultKey current = Passphrases.key(vault, old);
          VaultKey next = Passphrases.fresh(replacement, wallets.vaultCost())) {
        return wallets.registry(
            registry -> {
              try {
                encrypted(registry, request, old, replacement)
                    .locking()
                    .changePassphrase(current, next);
              } catch (WalletException e) {
                throw WalletErrors.answer(e, old, "old ");
              }
              return Json.nothing();
            });
      }
    } finally {
      Arrays.fill(old, '\0');
      Arrays.fill(replacement, '\0');
    }
  }

  private Wallet encrypted(
      WalletRegistry registry, RpcRequest request, char[] old, char[] replacement) {
    Wallet wallet = registry.find(wallets.name(request)).orElseThrow();
    if (!wallet.info().encrypted()) {
      throw new RpcException(
          RpcErrorCode.WALLET_WRONG_ENC_STATE,
          "Error: running with an unencrypted wallet, but walletpassphrasechange was called.");
    }
    if (registry.loaded().rescans().of(wallet).isPresent()) {
      throw new RpcException(
          RpcErrorCode.WALLET_ERROR,
          "Error: the wallet is currently being used to rescan the blockchain for related"
              + " transactions. Please call `abortrescan` before changing the passphrase.");
    }
    if (old.length == 0 || replacement.length == 0) {
      throw RpcException.invalidParameter("passphrase cannot be empty");
    }
    return wallet;
  }
}
