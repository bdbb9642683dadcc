package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.psbt.PsbtProcessing;
import org.farthing.node.rpc.method.rawtx.RawTransactionParams;
import org.farthing.node.rpc.spec.Read;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.psbt.Psbt;
import org.farthing.wallet.spend.TxPlan;

/** The last step of methods that send: signatures, publication, and the answer. */
final class SendingJson {
  static final Result RESULT =
      Result.object(
          "",
          "",
          Result.flag("complete", "whether all signatures are there"),
          Result.hex("txid", "the transaction id, if it is complete").maybe(),
          Result.hex("hex", "the transaction, if it is complete and not published").maybe(),
          Result.text("psbt", "the partially signed transaction, if it is not published").maybe());

  private final PsbtProcessing processing;

  SendingJson(PsbtProcessing processing) {
    this.processing = processing;
  }

  /** The coins of a parameter, with the sequence numbers that it names or null. */
  static Map<OutPoint, Integer> sequences(JsonNode inputs) {
    Map<OutPoint, Integer> sequences = new LinkedHashMap<>();
    for (JsonNode input : inputs) {
      Integer sequence =
          input.path("sequence").isNumber()
              ? (Integer) (int) Read.unsigned(input.get("sequence"), 32)
              : null;
      sequences.put(RawTransactionParams.outPoint(input), sequence);
    }
    return sequences;
  }

  ObjectNode finish(Wallet wallet, TxPlan plan, boolean addToWallet, boolean asPsbt)
      throws WalletException {
    ObjectNode json = Json.object();
    boolean canSign = wallet.descriptors().hasPrivateKeys();
    if (canSign) {
      wallet.locking().expectUnlocked();
    }
    if (canSign && addToWallet && !asPsbt) {
      Transaction sent = wallet.payments().execute(plan, "");
      return json.put("complete", true).put("txid", sent.txid().toString());
    }
    Psbt psbt = Psbt.of(plan.unsigned(), Psbt.HIGHEST_VERSION);
    ObjectNode processed = WalletPsbts.process(wallet, processing, psbt, WalletPsbts.Wish.SIGN);
    json.set("psbt", processed.get("psbt"));
    boolean complete = processed.get("complete").booleanValue();
    if (complete) {
      Transaction signed = wallet.payments().sign(plan);
      json.put("txid", signed.txid().toString());
      json.put("hex", Hex.encode(signed.serialize()));
    }
    return json.put("complete", complete);
  }
}
