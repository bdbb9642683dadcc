package org.farthing.node.rpc.method.control;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/**
 * {@code echoipc}: Bitcoin Core sends the text through a second process where it has one, and
 * answers by itself where not, as a node of one process does.
 */
public final class EchoIpc implements RpcMethod {
  private static final Param<String> TEXT = Param.text("arg", "A text");

  private static final MethodSpec SPEC =
      MethodSpec.of("echoipc", Category.HIDDEN, "Returns its argument.")
          .takes(TEXT)
          .returns(Result.text("", "the text"))
          .example("\"hello\"");

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    return Json.text(request.get(TEXT));
  }
}
