package org.farthing.node.rpc.method.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.AddressesPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;
import org.farthing.node.wire.AddressNetwork;

/** {@code getaddrmaninfo}. */
public final class GetAddrmanInfo implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getaddrmaninfo",
              Category.NETWORK,
              "Returns how many addresses of other nodes this node knows.")
          .returns(
              Result.map(
                  "",
                  "",
                  Result.object(
                      "network",
                      "its network (" + AddressNetwork.labels() + ", all_networks)",
                      Result.number("new", "to which it was never connected"),
                      Result.number("tried", "to which it was"),
                      Result.number("total", "all"))))
          .example("");

  private final AddressesPort addresses;
  private final NodeCalls calls;

  public GetAddrmanInfo(AddressesPort addresses, NodeCalls calls) {
    this.addresses = addresses;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    List<AddressesPort.Known> all = calls.call(addresses::all);
    ObjectNode json = Json.object();
    for (AddressNetwork network : AddressNetwork.values()) {
      count(
          json.putObject(network.label()),
          all.stream().filter(known -> known.address().address().network() == network).toList());
    }
    count(json.putObject("all_networks"), all);
    return json;
  }

  private static void count(ObjectNode json, List<AddressesPort.Known> known) {
    long tried = known.stream().filter(AddressesPort.Known::tried).count();
    json.put("new", known.size() - tried).put("tried", tried).put("total", known.size());
  }
}
