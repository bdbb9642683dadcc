package org.farthing.node.rpc.method.control;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;

/** {@code uptime}. */
public final class Uptime implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of("uptime", Category.CONTROL, "Returns for how long the node has been running.")
          .returns(Result.number("", "seconds"))
          .example("");

  private final NodePort node;

  public Uptime(NodePort node) {
    this.node = node;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    return Json.number(node.uptimeSeconds());
  }
}
