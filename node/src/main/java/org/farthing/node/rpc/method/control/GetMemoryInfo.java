package org.farthing.node.rpc.method.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code getmemoryinfo}. */
public final class GetMemoryInfo implements RpcMethod {
  private static final Param<String> MODE =
      Param.text("mode", "stats; mallocinfo is of another allocator than this process has")
          .or("stats");

  private static final MethodSpec SPEC =
      MethodSpec.of("getmemoryinfo", Category.CONTROL, "Shows how much memory is in use.")
          .takes(MODE)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.object(
                      "locked",
                      "memory that is never swapped; this process locks none",
                      Result.number("used", "bytes"),
                      Result.number("free", "bytes"),
                      Result.number("total", "bytes"),
                      Result.number("locked", "bytes that the system keeps in memory"),
                      Result.number("chunks_used", "pieces in use"),
                      Result.number("chunks_free", "free pieces"))))
          .example("");

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    String mode = request.get(MODE);
    if (mode.equals("mallocinfo")) {
      throw RpcException.invalidParameter("mallocinfo mode not available");
    }
    if (!mode.equals("stats")) {
      throw RpcException.invalidParameter("unknown mode " + mode);
    }
    ObjectNode locked = Json.object();
    for (String key : List.of("used", "free", "total", "locked", "chunks_used", "chunks_free")) {
      locked.put(key, 0);
    }
    return Json.object().set("locked", locked);
  }
}
