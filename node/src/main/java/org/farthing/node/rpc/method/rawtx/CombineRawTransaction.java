package org.farthing.node.rpc.method.rawtx;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.script.PrecomputedTransaction;
import org.farthing.consensus.script.SigHashType;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.Decode;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Read;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.spend.InputSigner;
import org.farthing.wallet.spend.SigningKeys;
import org.farthing.wallet.spend.SigningTarget;

/** {@code combinerawtransaction}. */
public final class CombineRawTransaction implements RpcMethod {
  private static final Param<JsonNode> TRANSACTIONS =
      Param.array(
          "txs",
          "Copies of one transaction, each signed in part",
          Param.hex("hexstring", "One of them"));

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "combinerawtransaction",
              Category.RAW_TRANSACTIONS,
              "Puts the signatures of several copies of a transaction together.")
          .takes(TRANSACTIONS)
          .returns(Result.hex("", "the transaction with all the signatures"))
          .example("'[\"myhex1\", \"myhex2\", \"myhex3\"]'");

  private final ChainPort chain;
  private final MempoolPort mempool;

  public CombineRawTransaction(ChainPort chain, MempoolPort mempool) {
    this.chain = chain;
    this.mempool = mempool;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    List<Transaction> copies = copies(request.get(TRANSACTIONS));
    checkSame(copies);
    Transaction first = copies.get(0);
    PreviousOutputs previous = PreviousOutputs.of(first, chain, mempool);
    List<TxOut> spent = new ArrayList<>();
    for (TxIn input : first.inputs()) {
      spent.add(
          previous
              .find(input.outPoint())
              .orElseThrow(
                  () ->
                      new RpcException(
                          RpcErrorCode.VERIFY_ERROR, "Input not found or already spent")));
    }
    SigningTarget target = SigningTarget.of(PrecomputedTransaction.of(first, spent));
    List<TxIn> inputs = new ArrayList<>();
    for (int i = 0; i < spent.size(); i++) {
      InputSigner signer = new InputSigner(target, i, new SigningKeys(), SigHashType.ALL);
      for (Transaction copy : copies) {
        signer.with(copy.inputs().get(i));
      }
      inputs.add(signer.sign());
    }
    Transaction combined =
        new Transaction(first.version(), inputs, first.outputs(), first.lockTime());
    return Json.text(Hex.encode(combined.serialize()));
  }

  private static List<Transaction> copies(JsonNode texts) {
    if (texts.size() < 2) {
      throw Read.deserialization("Missing transactions. At least two transactions required.");
    }
    List<Transaction> copies = new ArrayList<>();
    for (JsonNode text : texts) {
      copies.add(
          Decode.transaction(
              Read.text(text),
              "TX decode failed for tx %d. Make sure the tx has at least one input."
                  .formatted(copies.size())));
    }
    return copies;
  }

  /** They may differ in what their inputs reveal, and in nothing else. */
  private static void checkSame(List<Transaction> copies) {
    Txid first = unsigned(copies.get(0)).txid();
    for (int i = 1; i < copies.size(); i++) {
      if (!unsigned(copies.get(i)).txid().equals(first)) {
        throw RpcException.invalidParameter(
            "Transaction number %d not compatible with first transaction".formatted(i + 1));
      }
    }
  }

  private static Transaction unsigned(Transaction copy) {
    return new Transaction(
        copy.version(),
        copy.inputs().stream().map(input -> input.withScriptSig(Script.EMPTY)).toList(),
        copy.outputs(),
        copy.lockTime());
  }
}
