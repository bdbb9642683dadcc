package org.farthing.node.rpc.method.pool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import org.farthing.node.mempool.Chunk;
import org.farthing.node.mempool.FeePerWeight;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;

/** {@code getmempoolfeeratediagram}. */
public final class GetMempoolFeerateDiagram implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getmempoolfeeratediagram",
              Category.HIDDEN,
              "Returns what all waiting transactions pay, from the best part to the worst: the sums"
                  + " up to each part.")
          .returns(
              Result.array(
                  "",
                  "",
                  Result.object(
                      "",
                      "",
                      Result.number("weight", "weight units up to here"),
                      Result.amount("fee", "coins up to here"))))
          .example("");

  private final MempoolPort mempool;

  public GetMempoolFeerateDiagram(MempoolPort mempool) {
    this.mempool = mempool;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    FeePerWeight sum = new FeePerWeight(0, 0);
    ArrayNode json = Json.array();
    add(json, sum);
    for (Chunk chunk : mempool.snapshot().chunksBestFirst()) {
      sum = sum.plus(chunk.fees());
      add(json, sum);
    }
    return json;
  }

  private static void add(ArrayNode json, FeePerWeight sum) {
    json.addObject().put("weight", sum.weight()).set("fee", Json.amount(sum.feeSat()));
  }
}
