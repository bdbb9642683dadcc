package org.farthing.node.rpc.method.address;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import org.farthing.consensus.index.AddressEvent;
import org.farthing.consensus.primitives.Txid;
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

/** {@code getaddresstxids}. */
public final class GetAddressTxids implements RpcMethod {
  private static final Param<JsonNode> ADDRESSES =
      AddressQuery.param(HeightRange.START, HeightRange.END);

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getaddresstxids",
              Category.BLOCKCHAIN,
              "Returns the confirmed transactions of addresses, in the order of the chain. Needs"
                  + " -addressindex.")
          .takes(ADDRESSES)
          .returns(Result.array("", "each once", Result.hex("", "a transaction id")))
          .example("\"address\"")
          .example("'{\"addresses\": [\"address\"], \"start\": 1, \"end\": 200}'");

  private static final Comparator<AddressEvent.Place> CHAIN_ORDER =
      Comparator.comparing(AddressEvent.Place::height).thenComparing(AddressEvent.Place::position);

  private final ChainPort chain;
  private final Indexes indexes;

  public GetAddressTxids(ChainPort chain, Indexes indexes) {
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
    try (AddressView view = AddressView.open(indexes, chain)) {
      List<Txid> txids =
          HeightRange.of(query).events(view, query).stream()
              .map(HeightRange.Of::event)
              .sorted(Comparator.comparing(AddressEvent::place, CHAIN_ORDER))
              .map(AddressEvent::txid)
              .distinct()
              .toList();
      return Json.strings(txids);
    }
  }
}
