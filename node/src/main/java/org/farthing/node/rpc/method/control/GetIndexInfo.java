package org.farthing.node.rpc.method.control;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code getindexinfo}: this node keeps no optional index. */
public final class GetIndexInfo implements RpcMethod {
  private static final Param<String> NAME =
      Param.text("index_name", "Only the index of this name").orNothing();

  private static final MethodSpec SPEC =
      MethodSpec.of("getindexinfo", Category.UTIL, "Returns the state of the optional indexes.")
          .takes(NAME)
          .returns(
              Result.map(
                  "",
                  "by the name of the index",
                  Result.object(
                      "",
                      "",
                      Result.flag("synced", "whether it has reached the tip"),
                      Result.number("best_block_height", "how far it is"))))
          .example("")
          .example("txindex");

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    return Json.object();
  }
}
