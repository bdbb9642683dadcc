package org.farthing.node.rpc.method.rawtx;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.script.ScriptError;
import org.farthing.consensus.script.ScriptFlags;
import org.farthing.consensus.script.ScriptVerifier;
import org.farthing.consensus.script.SigHashType;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.spend.InputSigner;
import org.farthing.wallet.spend.SigningKeys;
import org.farthing.wallet.spend.SigningTarget;

/** Signs raw transactions with given keys, and shows how far that went. */
public final class SigningJson {
  /** What the methods that sign a raw transaction answer. */
  public static final Result RESULT =
      Result.object(
          "",
          "",
          Result.hex("hex", "the transaction with its signatures"),
          Result.flag("complete", "whether nothing is missing"),
          Result.array(
                  "errors",
                  "what is missing or wrong, if anything",
                  Result.object(
                      "",
                      "",
                      Result.hex("txid", "of the spent output"),
                      Result.number("vout", "of the spent output"),
                      Result.array("witness", "", Result.hex("", "")),
                      Result.hex("scriptSig", "the input script"),
                      Result.number("sequence", "the sequence number"),
                      Result.text("error", "what is missing or wrong")))
              .maybe());

  /** Which outputs a signature covers. */
  public static final Param<String> SIGHASH =
      Param.text(
              "sighashtype",
              "What is signed: DEFAULT (only for taproot; else ALL), ALL, NONE, SINGLE, each but"
                  + " the first also with |ANYONECANPAY")
          .orNothing();

  private static final int SHOWN_DIGITS = 30;

  private final Transaction transaction;
  private final PreviousOutputs previous;
  private final SigningTarget target;
  private final List<TxIn> inputs;
  private final ArrayNode errors = Json.array();

  private SigningJson(Transaction transaction, PreviousOutputs previous) {
    this.transaction = transaction;
    this.previous = previous;
    this.target =
        SigningTarget.of(
            transaction,
            transaction.inputs().stream().map(input -> previous.find(input.outPoint())).toList());
    this.inputs = new ArrayList<>(transaction.inputs());
  }

  /** The number of a name such as {@code ALL|ANYONECANPAY}. */
  public static int sigHashType(Optional<String> name) {
    return switch (name.orElse("DEFAULT")) {
      case "DEFAULT" -> SigHashType.DEFAULT;
      case "ALL" -> SigHashType.ALL;
      case "NONE" -> SigHashType.NONE;
      case "SINGLE" -> SigHashType.SINGLE;
      case "ALL|ANYONECANPAY" -> SigHashType.ALL | SigHashType.ANYONE_CAN_PAY;
      case "NONE|ANYONECANPAY" -> SigHashType.NONE | SigHashType.ANYONE_CAN_PAY;
      case "SINGLE|ANYONECANPAY" -> SigHashType.SINGLE | SigHashType.ANYONE_CAN_PAY;
      default ->
          throw RpcException.invalidParameter(
              "'" + name.orElseThrow() + "' is not a valid sighash parameter.");
    };
  }

  /** Signs what these keys can sign. */
  public static ObjectNode sign(
      Transaction transaction, PreviousOutputs previous, SigningKeys keys, int sigHashType) {
    SigningJson signing = new SigningJson(transaction, previous);
    for (int i = 0; i < transaction.inputs().size(); i++) {
      signing.sign(i, keys, sigHashType);
    }
    ObjectNode json = Json.object();
    json.put("hex", Hex.encode(signing.signed().serialize()));
    json.put("complete", signing.errors.isEmpty());
    if (!signing.errors.isEmpty()) {
      json.set("errors", signing.errors);
    }
    return json;
  }

  private Transaction signed() {
    return new Transaction(
        transaction.version(), inputs, transaction.outputs(), transaction.lockTime());
  }

  private void sign(int index, SigningKeys keys, int sigHashType) {
    OutPoint spent = inputs.get(index).outPoint();
    if (previous.find(spent).isEmpty()) {
      error(index, "Input not found or already spent");
      return;
    }
    inputs.set(index, new InputSigner(target, index, keys, sigHashType).sign());
    if (previous.lacksAmount(spent) && !inputs.get(index).witness().isEmpty()) {
      TxOut output = previous.find(spent).orElseThrow();
      throw RpcException.typeError(
          "Missing amount for CTxOut(nValue=%s, scriptPubKey=%s)"
              .formatted(
                  Amount.format(output.valueSat()), shortened(output.scriptPubKey().toHex())));
    }
    ScriptError result =
        ScriptVerifier.verify(target.precomputed(), index, inputs.get(index), ScriptFlags.STANDARD);
    if (result != ScriptError.OK) {
      error(index, words(result));
    }
  }

  private static String shortened(String hex) {
    return hex.substring(0, Math.min(SHOWN_DIGITS, hex.length()));
  }

  private static String words(ScriptError error) {
    return switch (error) {
      case INVALID_STACK_OPERATION ->
          "Unable to sign input, invalid stack size (possibly missing key)";
      case SIG_NULLFAIL ->
          "CHECK(MULTI)SIG failing with non-zero signature (possibly need more signatures)";
      default -> error.text();
    };
  }

  private void error(int index, String message) {
    TxIn input = inputs.get(index);
    ObjectNode json = errors.addObject();
    json.put("txid", input.outPoint().txid().toString());
    json.put("vout", Integer.toUnsignedLong(input.outPoint().index()));
    json.set("witness", Json.strings(input.witness().toList().stream().map(Hex::encode).toList()));
    json.put("scriptSig", input.scriptSig().toHex());
    json.put("sequence", Integer.toUnsignedLong(input.sequence()));
    json.put("error", message);
  }
}
