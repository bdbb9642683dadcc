package org.farthing.node.rpc.method.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Optional;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.AddressesPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.TimedAddress;

/** {@code getnodeaddresses}. */
public final class GetNodeAddresses implements RpcMethod {
  private static final Param<Integer> COUNT =
      Param.integer("count", "How many at most; 0: all").or(1);
  private static final Param<String> NETWORK =
      Param.text("network", "Only of this one: " + AddressNetwork.labels())
          .otherwise("all networks");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getnodeaddresses",
              Category.NETWORK,
              "Returns addresses of other nodes, at random, without those that are banned.")
          .takes(COUNT, NETWORK)
          .returns(
              Result.array(
                  "",
                  "",
                  Result.object(
                      "",
                      "",
                      Result.time("time", "when the node was last seen"),
                      Result.number("services", "bits of what it offers"),
                      Result.text("address", "the address"),
                      Result.number("port", "the port"),
                      Result.text("network", "its network (" + AddressNetwork.labels() + ")"))))
          .example("8")
          .example("4 \"i2p\"");

  private final AddressesPort addresses;
  private final NodeCalls calls;

  public GetNodeAddresses(AddressesPort addresses, NodeCalls calls) {
    this.addresses = addresses;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    int count = request.get(COUNT);
    if (count < 0) {
      throw RpcException.invalidParameter("Address count out of range");
    }
    Optional<AddressNetwork> network = request.find(NETWORK).map(GetNodeAddresses::network);
    ArrayNode json = Json.array();
    for (TimedAddress known : calls.call(() -> addresses.sample(count, network))) {
      json.addObject()
          .put("time", known.timeSeconds())
          .put("services", known.services())
          .put("address", known.address().host())
          .put("port", known.address().port())
          .put("network", known.address().network().label());
    }
    return json;
  }

  private static AddressNetwork network(String label) {
    return AddressNetwork.named(label)
        .orElseThrow(() -> RpcException.invalidParameter("Network not recognized: " + label));
  }
}
