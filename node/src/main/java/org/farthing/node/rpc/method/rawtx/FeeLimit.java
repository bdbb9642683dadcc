package org.farthing.node.rpc.method.rawtx;

import org.farthing.consensus.primitives.Amount;
import org.farthing.node.mempool.FeeRate;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Param;

/** The highest feerate that a caller wants to pay. */
final class FeeLimit {
  private static final long DEFAULT_MAX_SAT_PER_KVB = Amount.COIN / 10;

  static final Param<Long> PARAM =
      Param.amount("maxfeerate", "Coins/kvB that the fee may be at most; 0 for any")
          .or(Json.amount(DEFAULT_MAX_SAT_PER_KVB));

  private FeeLimit() {}

  static FeeRate read(RpcRequest request) {
    long satPerKvb = request.get(PARAM);
    if (satPerKvb >= Amount.COIN) {
      throw RpcException.invalidParameter(
          "Fee rates larger than or equal to 1BTC/kvB are not accepted");
    }
    return new FeeRate(satPerKvb);
  }
}
