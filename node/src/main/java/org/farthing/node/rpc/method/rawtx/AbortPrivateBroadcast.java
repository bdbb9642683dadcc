package org.farthing.node.rpc.method.rawtx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.PrivacyPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code abortprivatebroadcast}. */
public final class AbortPrivateBroadcast implements RpcMethod {
  private static final Param<Txid> ID =
      Param.txid("id", "txid of all that are to be stopped, or wtxid of one");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "abortprivatebroadcast",
              Category.RAW_TRANSACTIONS,
              "Stops to send a transaction to few peers over connections of their own, with"
                  + " -privatebroadcast.")
          .takes(ID)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.array(
                      "removed_transactions",
                      "those that are not sent any more",
                      PrivateBroadcastJson.TRANSACTION)))
          .example("\"txid\"");

  private final PrivacyPort privacy;
  private final NodeCalls calls;

  public AbortPrivateBroadcast(PrivacyPort privacy, NodeCalls calls) {
    this.privacy = privacy;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    PrivateBroadcastJson.check(privacy);
    String id = request.get(ID).toString();
    List<Transaction> removed = calls.call(() -> privacy.abort(id));
    if (removed.isEmpty()) {
      throw new RpcException(
          RpcErrorCode.INVALID_ADDRESS_OR_KEY,
          "Transaction not in private broadcast queue. Check getprivatebroadcastinfo.");
    }
    ObjectNode json = Json.object();
    ArrayNode transactions = json.putArray("removed_transactions");
    removed.forEach(
        transaction -> PrivateBroadcastJson.describe(transaction, transactions.addObject()));
    return json;
  }
}
