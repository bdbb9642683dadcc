package org.farthing.node.rpc.method.rawtx;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.method.Decode;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Read;
import org.farthing.wallet.spend.SigningKeys;

/** {@code signrawtransactionwithkey}. */
public final class SignRawTransactionWithKey implements RpcMethod {
  private static final Param<String> HEX = Param.text("hexstring", "The transaction in hex");
  private static final Param<JsonNode> KEYS =
      Param.array(
          "privkeys",
          "The private keys to sign with, in their import format",
          Param.text("privatekey", "One of them"));
  private static final MethodSpec SPEC =
      MethodSpec.of(
              "signrawtransactionwithkey",
              Category.RAW_TRANSACTIONS,
              "Signs a transaction with these keys and no others.")
          .takes(HEX, KEYS, PreviousOutputs.PARAM, SigningJson.SIGHASH)
          .returns(SigningJson.RESULT)
          .example("\"myhex\" '[\"key1\",\"key2\"]'");

  private final ChainPort chain;
  private final MempoolPort mempool;

  public SignRawTransactionWithKey(ChainPort chain, MempoolPort mempool) {
    this.chain = chain;
    this.mempool = mempool;
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
    SigningKeys keys = new SigningKeys();
    for (JsonNode key : request.get(KEYS)) {
      keys.add(Decode.privateKey(Read.text(key), chain.params().network()));
    }
    PreviousOutputs previous = PreviousOutputs.of(transaction, chain, mempool);
    request.find(PreviousOutputs.PARAM).ifPresent(outputs -> previous.add(outputs, keys));
    int type = SigningJson.sigHashType(request.find(SigningJson.SIGHASH));
    return SigningJson.sign(transaction, previous, keys, type);
  }
}
