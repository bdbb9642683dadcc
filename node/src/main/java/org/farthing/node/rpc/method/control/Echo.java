package org.farthing.node.rpc.method.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.ParamType;
import org.farthing.node.rpc.spec.Result;

/** {@code echo} and {@code echojson}: answer what they are asked, for tests of clients. */
public final class Echo implements RpcMethod {
  private static final int COUNT = 10;

  /** With this in the last place the call fails as if the node had a fault. */
  private static final String TRIGGER = "trigger_internal_bug";

  private static final List<Param<JsonNode>> PARAMS =
      IntStream.range(0, COUNT)
          .mapToObj(
              i ->
                  Param.any("arg" + i, "", Function.<JsonNode>identity())
                      .usually(ParamType.TEXT)
                      .orNothing())
          .toList();

  private final MethodSpec spec;

  public Echo(String name) {
    spec =
        MethodSpec.of(name, Category.HIDDEN, "Returns its arguments.")
            .takes(PARAMS.toArray(Param<?>[]::new))
            .returns(Result.any("", "the arguments as they were given"))
            .example("\"hello\"");
  }

  @Override
  public MethodSpec spec() {
    return spec;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    request
        .find(PARAMS.get(COUNT - 1))
        .filter(last -> TRIGGER.equals(last.textValue()))
        .ifPresent(
            last -> {
              throw new RpcException(
                  RpcErrorCode.MISC_ERROR,
                  "Internal bug detected: request.params[9].get_str() != \"trigger_internal_bug\"");
            });
    return Json.array().addAll(request.params());
  }
}
