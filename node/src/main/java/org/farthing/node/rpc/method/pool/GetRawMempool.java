package org.farthing.node.rpc.method.pool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code getrawmempool}. */
public final class GetRawMempool implements RpcMethod {
  private static final Param<Boolean> VERBOSE =
      Param.flag("verbose", "true for an object with details, false for ids").or(false);
  private static final Param<Boolean> SEQUENCE =
      Param.flag("mempool_sequence", "With the number of the next event; only without verbose")
          .or(false);

  private static final MethodSpec SPEC =
      MethodSpec.of("getrawmempool", Category.BLOCKCHAIN, "Returns all transactions that wait.")
          .takes(VERBOSE, SEQUENCE)
          .returns(Result.array("", "for verbose = false", Result.hex("", "the transaction id")))
          .returns(Result.map("", "for verbose = true", EntryJson.SHAPE.as("txid", "")))
          .returns(
              Result.object(
                  "",
                  "for mempool_sequence = true",
                  Result.array("txids", "", Result.hex("", "the transaction id")),
                  Result.number("mempool_sequence", "the number of the next event")))
          .example("true");

  private final MempoolPort mempool;
  private final NodePort node;

  public GetRawMempool(MempoolPort mempool, NodePort node) {
    this.mempool = mempool;
    this.node = node;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    EntryJson entries = EntryJson.of(mempool, node);
    MempoolSnapshot snapshot = entries.snapshot();
    boolean withSequence = request.get(SEQUENCE);
    if (request.get(VERBOSE)) {
      if (withSequence) {
        throw RpcException.invalidParameter(
            "Verbose results cannot contain mempool sequence values.");
      }
      ObjectNode json = Json.object();
      snapshot
          .entries()
          .forEach(
              entry -> json.set(entry.txid().toString(), Json.later(() -> entries.json(entry))));
      return json;
    }
    ArrayNode ids =
        Json.strings(snapshot.entriesBestFirst().stream().map(MempoolEntry::txid).toList());
    if (!withSequence) {
      return ids;
    }
    ObjectNode json = Json.object();
    json.set("txids", ids);
    return json.put("mempool_sequence", snapshot.sequence());
  }
}
