package org.farthing.node.rpc.method.control;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code stop}: answers first, then the node ends. */
public final class Stop implements RpcMethod {
  private static final Param<Long> WAIT =
      Param.number("wait", "Milliseconds to wait before the answer").orNothing().hidden();

  private static final MethodSpec SPEC =
      MethodSpec.of("stop", Category.CONTROL, "Asks the node to stop.")
          .takes(WAIT)
          .returns(Result.text("", "a sentence"))
          .example("");

  private final NodePort node;

  public Stop(NodePort node) {
    this.node = node;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    request.caller().whenAnswered(node::stop);
    return Json.text("Farthing stopping");
  }
}
