package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;

/** {@code listlockunspent}. */
public final class ListLockUnspent implements RpcMethod {

  private static final MethodSpec SPEC =
      MethodSpec.of("listlockunspent", Category.WALLET, "Returns the coins that are kept back.")
          .returns(
              Result.array(
                  "",
                  "",
                  Result.object(
                      "",
                      "",
                      Result.hex("txid", "the transaction id"),
                      Result.number("vout", "the index of the output"))))
          .example("");

  private final WalletAccess wallets;

  public ListLockUnspent(WalletAccess wallets) {
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
          ArrayNode json = Json.array();
          for (OutPoint coin : wallet.coinLocks().all()) {
            json.addObject().put("txid", coin.txid().toString()).put("vout", coin.index());
          }
          return json;
        });
  }
}
