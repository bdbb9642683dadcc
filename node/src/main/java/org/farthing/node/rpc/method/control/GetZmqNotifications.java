package org.farthing.node.rpc.method.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import org.farthing.node.config.ZmqAddress;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;

/** {@code getzmqnotifications}. */
public final class GetZmqNotifications implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getzmqnotifications", Category.ZMQ, "Returns where messages go out over ZeroMQ.")
          .returns(
              Result.array(
                  "",
                  "",
                  Result.object(
                      "",
                      "",
                      Result.text("type", "what they are about: pub and the topic"),
                      Result.text("address", "where readers connect to"),
                      Result.number("hwm", "messages that wait for a slow reader"))))
          .example("");

  private final NodePort node;

  public GetZmqNotifications(NodePort node) {
    this.node = node;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    ArrayNode json = Json.array();
    for (ZmqAddress address : node.zmqNotifications()) {
      json.addObject()
          .put("type", "pub" + address.topic().label())
          .put("address", address.address())
          .put("hwm", address.highWaterMark());
    }
    return json;
  }
}
