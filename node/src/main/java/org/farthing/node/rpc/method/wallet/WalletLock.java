package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;

/** {@code walletlock}. */
public final class WalletLock implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of("walletlock", Category.WALLET, "Locks the wallet now.")
          .returns(Result.nothing())
          .example("");

  private final WalletAccess wallets;

  public WalletLock(WalletAccess wallets) {
    this.wallets = wallets;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    return wallets.ask(
        request,
        wallet -> {
          if (!wallet.info().encrypted()) {
            throw new RpcException(
                RpcErrorCode.WALLET_WRONG_ENC_STATE,
                "Error: running with an unencrypted wallet, but walletlock was called.");
          }
          wallet.locking().lock();
          return Json.nothing();
        });
  }
}
