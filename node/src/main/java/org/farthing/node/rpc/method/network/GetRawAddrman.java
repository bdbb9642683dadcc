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
import org.farthing.node.wire.NetAddress;

/** {@code getrawaddrman}. */
public final class GetRawAddrman implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getrawaddrman",
              Category.HIDDEN,
              "Returns all addresses of other nodes: those to which there never was a connection,"
                  + " new, and those to which there was, tried.")
          .returns(
              Result.map(
                  "",
                  "",
                  Result.map(
                      "table",
                      "new or tried",
                      Result.object(
                          "bucket/position",
                          "where it stands in the table",
                          Result.text("address", "the address"),
                          Result.number("port", "the port"),
                          Result.text("network", "its network (" + AddressNetwork.labels() + ")"),
                          Result.number("services", "bits of what the node offers"),
                          Result.time("time", "when it was last seen"),
                          Result.text("source", "who told the address first"),
                          Result.text(
                              "source_network", "its network (" + AddressNetwork.labels() + ")")))))
          .example("");

  private final AddressesPort addresses;
  private final NodeCalls calls;

  public GetRawAddrman(AddressesPort addresses, NodeCalls calls) {
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
    json.set("new", table(all.stream().filter(known -> !known.tried()).toList()));
    json.set("tried", table(all.stream().filter(AddressesPort.Known::tried).toList()));
    return json;
  }

  private static ObjectNode table(List<AddressesPort.Known> addresses) {
    ObjectNode json = Json.object();
    for (AddressesPort.Known known : addresses) {
      NetAddress address = known.address().address();
      json.putObject(known.bucket() + "/" + known.position())
          .put("address", address.host())
          .put("port", address.port())
          .put("services", known.address().services())
          .put("time", known.address().timeSeconds())
          .put("network", address.network().label())
          .put("source", known.source().host())
          .put("source_network", known.source().network().label());
    }
    return json;
  }
}
