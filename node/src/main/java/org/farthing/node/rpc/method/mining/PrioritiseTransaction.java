package org.farthing.node.rpc.method.mining;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code prioritisetransaction}. */
public final class PrioritiseTransaction implements RpcMethod {
  private static final Param<Txid> TXID = Param.txid("txid", "The transaction id");
  private static final Param<BigDecimal> DUMMY =
      Param.decimal("dummy", "Zero, or null").orNothing().placeholder();
  private static final Param<Long> FEE_DELTA =
      Param.number("fee_delta", "Satoshis that are added to the fee; fewer than none, if negative");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "prioritisetransaction",
              Category.MINING,
              """
              Lets a transaction count for more than the fee that it pays, or for less, when this
              node chooses what to mine and what to keep. Nobody pays the difference.\
              """)
          .takes(TXID, DUMMY, FEE_DELTA)
          .returns(Result.flag("", "true"))
          .example("\"txid\" 0.0 10000");

  private final MempoolPort mempool;
  private final NodeCalls calls;

  public PrioritiseTransaction(MempoolPort mempool, NodeCalls calls) {
    this.mempool = mempool;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Txid txid = request.get(TXID);
    long deltaSat = request.get(FEE_DELTA);
    if (request.find(DUMMY).filter(dummy -> dummy.signum() != 0).isPresent()) {
      throw RpcException.invalidParameter(
          "Priority is no longer supported, dummy argument to prioritisetransaction must be 0.");
    }
    if (!calls.call(() -> mempool.prioritise(txid, deltaSat))) {
      throw RpcException.invalidParameter(
          "Priority is not supported for transactions with dust outputs.");
    }
    return Json.flag(true);
  }
}
