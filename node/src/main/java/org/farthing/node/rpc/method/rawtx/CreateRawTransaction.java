package org.farthing.node.rpc.method.rawtx;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;

/** {@code createrawtransaction}. */
public final class CreateRawTransaction implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of(
              "createrawtransaction",
              Category.RAW_TRANSACTIONS,
              "Makes a transaction of these inputs and outputs, without signatures. It is neither"
                  + " kept nor sent.")
          .takes(
              RawTransactionParams.INPUTS,
              RawTransactionParams.OUTPUTS,
              RawTransactionParams.LOCK_TIME,
              RawTransactionParams.REPLACEABLE,
              RawTransactionParams.VERSION)
          .returns(Result.hex("", "the transaction"))
          .example("'[{\"txid\":\"myid\",\"vout\":0}]' '[{\"address\":0.01}]'")
          .example("'[{\"txid\":\"myid\",\"vout\":0}]' '[{\"data\":\"00010203\"}]'");

  private final ChainPort chain;

  public CreateRawTransaction(ChainPort chain) {
    this.chain = chain;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Transaction transaction = RawTransactionParams.read(request, chain.params().network());
    return Json.text(Hex.encode(transaction.serialize()));
  }
}
