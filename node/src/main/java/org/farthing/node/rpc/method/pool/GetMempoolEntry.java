package org.farthing.node.rpc.method.pool;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;

/** {@code getmempoolentry}. */
public final class GetMempoolEntry implements RpcMethod {
  private static final Param<Txid> TXID = Param.txid("txid", "The transaction id");

  private static final MethodSpec SPEC =
      MethodSpec.of("getmempoolentry", Category.BLOCKCHAIN, "Returns a transaction that waits.")
          .takes(TXID)
          .returns(EntryJson.SHAPE)
          .example("\"txid\"");

  private final MempoolPort mempool;
  private final NodePort node;

  public GetMempoolEntry(MempoolPort mempool, NodePort node) {
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
    return entries.json(entries.find(request.get(TXID)));
  }
}
