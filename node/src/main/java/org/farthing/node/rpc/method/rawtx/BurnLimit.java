package org.farthing.node.rpc.method.rawtx;

import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Param;

/** The most that a caller wants to lose in an output that nobody can spend. */
final class BurnLimit {
  static final Param<Long> PARAM =
      Param.amount("maxburnamount", "Coins that an output which nobody can spend may have")
          .or(Json.amount(0));

  private BurnLimit() {}

  static void check(Transaction transaction, RpcRequest request) {
    long maxBurnSat = request.get(PARAM);
    for (TxOut output : transaction.outputs()) {
      if (canNeverBeSpent(output.scriptPubKey()) && output.valueSat() > maxBurnSat) {
        throw new RpcException(
            RpcErrorCode.VERIFY_ERROR,
            "Unspendable output exceeds maximum configured by user (maxburnamount)");
      }
    }
  }

  private static boolean canNeverBeSpent(Script script) {
    return ScriptPattern.isUnspendable(script) || !ScriptPattern.hasKnownOpcodes(script);
  }
}
