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
import org.farthing.wallet.Wallet;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.KeyVault;
import org.farthing.wallet.keys.VaultKey;

/** {@code walletpassphrase}. */
public final class WalletPassphrase implements RpcMethod {
  /** Longer is cut, as in Bitcoin Core. */
  private static final long MAX_SECONDS = 100_000_000;

  private static final Param<String> PASSPHRASE =
      Param.text("passphrase", "The passphrase of the wallet");
  private static final Param<Long> TIMEOUT =
      Param.number("timeout", "Seconds after which the wallet is locked again");

  private static final MethodSpec SPEC =
      MethodSpec.of("walletpassphrase", Category.WALLET, "Unlocks the wallet for a time, to spend.")
          .takes(PASSPHRASE, TIMEOUT)
          .returns(Result.nothing())
          .example("\"my pass phrase\" 60");

  private final WalletAccess wallets;

  public WalletPassphrase(WalletAccess wallets) {
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
    long seconds = request.get(TIMEOUT);
    if (seconds < 0) {
      throw RpcException.invalidParameter("Timeout cannot be negative.");
    }
    char[] passphrase = request.get(PASSPHRASE).toCharArray();
    try {
      KeyVault vault = wallets.ask(request, wallet -> vault(wallet, passphrase));
      try (VaultKey key = Passphrases.key(vault, passphrase)) {
        return wallets.registry(
            registry -> {
              try {
                registry.unlock(wallets.name(request), key, Math.min(seconds, MAX_SECONDS));
              } catch (WalletException e) {
                throw WalletErrors.answer(e, passphrase, "");
              }
              return Json.nothing();
            });
      }
    } finally {
      Arrays.fill(passphrase, '\0');
    }
  }

  private static KeyVault vault(Wallet wallet, char[] passphrase) {
    if (!wallet.info().encrypted()) {
      throw new RpcException(
          RpcErrorCode.WALLET_WRONG_ENC_STATE,
          "Error: running with an unencrypted wallet, but walletpassphrase was called.");
    }
    if (passphrase.length == 0) {
      throw RpcException.invalidParameter("passphrase cannot be empty");
    }
    return wallet.locking().vault();
  }
}
