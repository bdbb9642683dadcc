package org.farthing.node.rpc.method.address;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.farthing.consensus.index.AddressTotals;
import org.farthing.node.indexes.Indexes;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code getaddressbalance}: in one read for each script, however long its history. */
public final class GetAddressBalance implements RpcMethod {
  private static final Param<JsonNode> ADDRESSES = AddressQuery.param();

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getaddressbalance",
              Category.BLOCKCHAIN,
              "Returns what addresses have, in confirmed transactions. Needs -addressindex.")
          .takes(ADDRESSES)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.number("balance", "satoshis that are unspent"),
                  Result.number("received", "satoshis that were ever paid, change included"),
                  Result.number("utxos", "unspent outputs"),
                  Result.number("outputs", "outputs that were ever paid"),
                  Result.number(
                      "transactions", "that pay or spend; those of two addresses count twice")))
          .example("\"address\"")
          .example("'{\"addresses\": [\"address\"]}'");

  private final ChainPort chain;
  private final Indexes indexes;

  public GetAddressBalance(ChainPort chain, Indexes indexes) {
    this.chain = chain;
    this.indexes = indexes;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    AddressQuery query = AddressQuery.read(request.get(ADDRESSES), chain.params().network());
    AddressTotals totals = AddressTotals.NONE;
    try (AddressView view = AddressView.open(indexes, chain)) {
      for (NamedScript script : query.scripts()) {
        totals = totals.plus(view.index().totals(script.key()));
      }
    }
    ObjectNode json = Json.object();
    json.put("balance", totals.balanceSat());
    json.put("received", totals.receivedSat());
    json.put("utxos", totals.coins());
    json.put("outputs", totals.outputs());
    return json.put("transactions", totals.transactions());
  }
}
