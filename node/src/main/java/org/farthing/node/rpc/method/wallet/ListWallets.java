package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;
import org.farthing.node.wallets.WalletRegistry;

/** {@code listwallets}. */
public final class ListWallets implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of("listwallets", Category.WALLET, "Returns the wallets that are loaded.")
          .returns(Result.array("", "", Result.text("", "the name")))
          .example("");

  private final WalletAccess wallets;

  public ListWallets(WalletAccess wallets) {
    this.wallets = wallets;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    return Json.strings(wallets.registry(WalletRegistry::names));
  }
}
