package org.farthing.node.rpc.method.address;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.farthing.consensus.index.AddressEvent;
import org.farthing.node.indexes.Indexes;
import org.farthing.node.rpc.call.Pace;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/**
 * {@code getaddressdeltas}: each output that pays to an address, and each input that spends one.
 */
public final class GetAddressDeltas implements RpcMethod {
  private static final Param<JsonNode> ADDRESSES =
      AddressQuery.param(HeightRange.START, HeightRange.END);

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getaddressdeltas",
              Category.BLOCKCHAIN,
              "Returns all confirmed changes of addresses, for each in the order of the chain."
                  + " Needs -addressindex.")
          .takes(ADDRESSES)
          .returns(
              Result.array(
                  "",
                  "",
                  Result.object(
                      "",
                      "",
                      Result.number("satoshis", "the change: negative where an output is spent"),
                      Result.hex("txid", "the transaction"),
                      Result.number("index", "of its output, or of its input"),
                      Result.number("blockindex", "the transaction's number in the block"),
                      Result.number("height", "of the block"),
                      Result.text("address", "as it was named"))))
          .example("\"address\"")
          .example("'{\"addresses\": [\"address\"], \"start\": 1, \"end\": 200}'");

  private final ChainPort chain;
  private final Indexes indexes;

  public GetAddressDeltas(ChainPort chain, Indexes indexes) {
    this.chain = chain;
    this.indexes = indexes;
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
    AddressQuery query =
        AddressQuery.read(
            request.get(ADDRESSES), chain.params().network(), HeightRange.START, HeightRange.END);
    ArrayNode deltas = Json.array();
    try (AddressView view = AddressView.open(indexes, chain)) {
      HeightRange.of(query).events(view, query).forEach(entry -> deltas.add(json(entry)));
    }
    return deltas;
  }

  private static ObjectNode json(HeightRange.Of entry) {
    AddressEvent event = entry.event();
    AddressEvent.Place place = event.place();
    boolean received = place.kind() == AddressEvent.Kind.RECEIVED;
    ObjectNode json = Json.object();
    json.put("satoshis", received ? event.valueSat() : -event.valueSat());
    json.put("txid", event.txid().toString());
    json.put("index", place.index());
    json.put("blockindex", place.position());
    json.put("height", place.height());
    return json.put("address", entry.script().text());
  }
}
