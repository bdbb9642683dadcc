package org.farthing.node.rpc.method.pool;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code getmempoolancestors}. */
public final class GetMempoolAncestors implements RpcMethod {
  private static final Param<Txid> TXID = Param.txid("txid", "The transaction id");
  private static final Param<Boolean> VERBOSE =
      Param.flag("verbose", "true for an object with details, false for ids").or(false);

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getmempoolancestors",
              Category.BLOCKCHAIN,
              "Returns the waiting transactions that a waiting transaction needs, directly or not.")
          .takes(TXID, VERBOSE)
          .returns(Result.array("", "for verbose = false", Result.hex("", "the transaction id")))
          .returns(Result.map("", "for verbose = true", EntryJson.SHAPE.as("transactionid", "")))
          .example("\"mytxid\"");

  private final MempoolPort mempool;

  public GetMempoolAncestors(MempoolPort mempool) {
    this.mempool = mempool;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    MempoolSnapshot snapshot = mempool.snapshot();
    MempoolEntry entry = EntryJson.find(request.get(TXID), snapshot);
    return EntryJson.listWithout(
        entry, snapshot.withAncestors(entry), snapshot, request.get(VERBOSE));
  }
}
