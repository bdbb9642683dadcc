package org.farthing.node.rpc.method.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.farthing.node.rpc.call.MethodTable;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;

/** {@code getrpcinfo}. */
public final class GetRpcInfo implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of("getrpcinfo", Category.CONTROL, "Returns the state of the RPC server.")
          .returns(
              Result.object(
                  "",
                  "",
                  Result.array(
                      "active_commands",
                      "what runs now",
                      Result.object(
                          "",
                          "",
                          Result.text("method", "its name"),
                          Result.number("duration", "microseconds"))),
                  Result.text("logpath", "the log file")))
          .example("");

  private final NodePort node;
  private final Supplier<MethodTable> table;

  /**
   * @param table whose calls are counted
   */
  public GetRpcInfo(NodePort node, Supplier<MethodTable> table) {
    this.node = node;
    this.table = table;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    ObjectNode json = Json.object();
    ArrayNode active = json.putArray("active_commands");
    table
        .get()
        .running()
        .forEach(
            run -> active.addObject().put("method", run.method()).put("duration", run.micros()));
    return json.put("logpath", node.logFile().map(Path::toString).orElse(""));
  }
}
