package org.farthing.node.rpc.method.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.Map;
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
    Map<AddressNetwork, AddressesPort.Count> counts = calls.call(this::counts);
    ObjectNode json = Json.object();
    int fresh = 0;
    int tried = 0;
    for (Map.Entry<AddressNetwork, AddressesPort.Count> each : counts.entrySet()) {
      AddressesPort.Count count = each.getValue();
      write(json.putObject(each.getKey().label()), count.fresh(), count.tried());
      fresh += count.fresh();
      tried += count.tried();
    }
    write(json.putObject("all_networks"), fresh, tried);
    return json;
  }

  private Map<AddressNetwork, AddressesPort.Count> counts() {
    Map<AddressNetwork, AddressesPort.Count> counts = new EnumMap<>(AddressNetwork.class);
    for (AddressNetwork network : AddressNetwork.values()) {
      counts.put(network, addresses.count(network));
    }
    return counts;
  }

  private static void write(ObjectNode json, int fresh, int tried) {
    json.put("new", fresh).put("tried", tried).put("total", fresh + tried);
  }
}
