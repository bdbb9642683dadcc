package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;
import org.farthing.node.wallets.WalletRegistry;

/** {@code listwalletdir}. */
public final class ListWalletDir implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of(
              "listwalletdir", Category.WALLET, "Returns all wallets of the node, loaded or not.")
          .returns(
              Result.object(
                  "",
                  "",
                  Result.array(
                      "wallets",
                      "",
                      Result.object(
                          "",
                          "",
                          Result.text("name", "the name"),
                          Result.array("warnings", "", Result.text("", ""))))))
          .example("");

  private final WalletAccess wallets;

  public ListWalletDir(WalletAccess wallets) {
    this.wallets = wallets;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    ObjectNode json = Json.object();
    ArrayNode list = json.putArray("wallets");
    for (String name : wallets.registry(WalletRegistry::stored)) {
      list.addObject().put("name", name).putArray("warnings");
    }
    return json;
  }
}
