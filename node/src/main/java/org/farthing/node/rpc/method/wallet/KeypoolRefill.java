package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code keypoolrefill}. */
public final class KeypoolRefill implements RpcMethod {
  private static final Param<Integer> SIZE =
      Param.integer("newsize", "How many of each kind").otherwise("as usual");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "keypoolrefill", Category.WALLET, "Derives addresses ahead, as many as asked for.")
          .takes(SIZE)
          .returns(Result.nothing())
          .example("")
          .example("100");

  private final WalletAccess wallets;

  public KeypoolRefill(WalletAccess wallets) {
    this.wallets = wallets;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    int size = request.find(SIZE).orElse(0);
    if (size < 0) {
      throw RpcException.invalidParameter("Invalid parameter, expected valid size.");
    }
    return wallets.ask(
        request,
        wallet -> {
          wallet.locking().expectUnlocked();
          wallet.addresses().deriveAhead(size);
          return Json.nothing();
        });
  }
}
