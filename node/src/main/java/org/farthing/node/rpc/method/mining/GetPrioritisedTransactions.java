package org.farthing.node.rpc.method.mining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.farthing.node.mempool.FeeDelta;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;

/** {@code getprioritisedtransactions}. */
public final class GetPrioritisedTransactions implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getprioritisedtransactions",
              Category.MINING,
              "Returns the transactions that prioritisetransaction has named.")
          .returns(
              Result.map(
                  "",
                  "by transaction id",
                  Result.object(
                      "",
                      "",
                      Result.number("fee_delta", "satoshis that are added to the fee"),
                      Result.flag("in_mempool", "whether it waits"),
                      Result.number("modified_fee", "both together, if it waits").maybe())))
          .example("");

  private final MempoolPort mempool;

  public GetPrioritisedTransactions(MempoolPort mempool) {
    this.mempool = mempool;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    MempoolSnapshot snapshot = mempool.snapshot();
    ObjectNode all = Json.object();
    for (FeeDelta delta : snapshot.feeDeltas()) {
      Optional<MempoolEntry> entry = snapshot.get(delta.txid());
      ObjectNode json = all.putObject(delta.txid().toString());
      json.put("fee_delta", delta.deltaSat());
      json.put("in_mempool", entry.isPresent());
      entry.ifPresent(waiting -> json.put("modified_fee", waiting.modifiedFeeSat()));
    }
    return all;
  }
}
