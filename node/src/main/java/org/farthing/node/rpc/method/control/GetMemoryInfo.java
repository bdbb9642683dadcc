package org.farthing.node.rpc.method.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/**
 * {@code getmemoryinfo}. Where Bitcoin Core shows the memory that it keeps from being swapped, this
 * node, which locks none, shows its heap.
 */
public final class GetMemoryInfo implements RpcMethod {
  private static final Param<String> MODE =
      Param.text("mode", "stats; mallocinfo is of another allocator than this process has")
          .or("stats");

  private static final long PAGE_BYTES = 4096;

  private static final MethodSpec SPEC =
      MethodSpec.of("getmemoryinfo", Category.CONTROL, "Shows how much memory is in use.")
          .takes(MODE)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.object(
                      "locked",
                      "the heap of the process",
                      Result.number("used", "bytes"),
                      Result.number("free", "bytes that the system has given already"),
                      Result.number("total", "bytes of both"),
                      Result.number("locked", "bytes that are never swapped: none"),
                      Result.number("chunks_used", "pages in use"),
                      Result.number("chunks_free", "free pages"))))
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
    long total = Runtime.getRuntime().totalMemory();
    long free = Math.min(total, Runtime.getRuntime().freeMemory());
    ObjectNode locked = Json.object();
    locked.put("used", total - free);
    locked.put("free", free);
    locked.put("total", total);
    locked.put("locked", 0);
    locked.put("chunks_used", pages(total - free));
    locked.put("chunks_free", pages(free));
    return Json.object().set("locked", locked);
  }

  private static long pages(long bytes) {
    return (bytes + PAGE_BYTES - 1) / PAGE_BYTES;
  }
}
