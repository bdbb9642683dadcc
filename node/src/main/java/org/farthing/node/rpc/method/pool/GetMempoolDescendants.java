package org.farthing.node.rpc.method.pool;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.MethodSpec;

/** {@code getmempooldescendants}. */
public final class GetMempoolDescendants implements RpcMethod {
  private static final MethodSpec SPEC =
      Relatives.spec(
          "getmempooldescendants",
          "Returns the waiting transactions that need a waiting transaction, directly or not.");

  private final MempoolPort mempool;
  private final NodePort node;

  public GetMempoolDescendants(MempoolPort mempool, NodePort node) {
    this.mempool = mempool;
    this.node = node;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    return Relatives.list(request, EntryJson.of(mempool, node), MempoolSnapshot::withDescendants);
  }
}
