package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.Decode;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.TxPublisher;

/** {@code sendrawtransaction} where there is no mempool: peers are told. */
public final class PublishTransaction implements RpcMethod {
  private static final Param<String> HEX = Param.text("hexstring", "The transaction in hex");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "sendrawtransaction",
              Category.RAW_TRANSACTIONS,
              "Announces a transaction to peers, and waits until one has taken it.")
          .takes(HEX)
          .returns(Result.hex("", "the transaction id"))
          .example("\"signedhex\"");

  private final TxPublisher publisher;
  private final NodeCalls calls;

  public PublishTransaction(TxPublisher publisher, NodeCalls calls) {
    this.publisher = publisher;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Transaction transaction =
        Decode.transaction(
            request.get(HEX), "TX decode failed. Make sure the tx has at least one input.");
    Optional<String> refusal = calls.call(() -> publisher.publish(transaction));
    if (refusal.isPresent()) {
      throw new RpcException(RpcErrorCode.VERIFY_REJECTED, refusal.get());
    }
    return Json.text(transaction.txid());
  }
}
