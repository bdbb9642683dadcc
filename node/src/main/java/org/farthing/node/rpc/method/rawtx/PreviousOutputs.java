package org.farthing.node.rpc.method.rawtx;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.CoinView;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.script.OutputType;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.json.ScriptJson;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.ParamType;
import org.farthing.node.rpc.spec.Read;
import org.farthing.wallet.spend.SigningKeys;

/**
 * The outputs that a transaction spends: those of chain and mempool, and those that a caller tells
 * of ({@code prevtxs}), with the scripts behind their hashes.
 */
public final class PreviousOutputs {
  /** What the caller tells. */
  public static final Param<JsonNode> PARAM =
      Param.array(
              "prevtxs",
              "Outputs that are in no block yet",
              Param.object(
                  "",
                  "",
                  Param.hex("txid", "The transaction id"),
                  Param.number("vout", "The index of the output"),
                  Param.hex("scriptPubKey", "The output script"),
                  Param.hex("redeemScript", "The script behind a P2SH output").orNothing(),
                  Param.hex("witnessScript", "The script behind a P2WSH output").orNothing(),
                  Param.amount("amount", "Coins; needed where a witness is signed").orNothing()))
          .orNothing();

  private final Map<OutPoint, TxOut> outputs = new HashMap<>();
  private final Set<OutPoint> withoutAmount = new HashSet<>();

  private PreviousOutputs() {}

  /** Those that chain and mempool have, whether a waiting transaction spends them or not. */
  public static PreviousOutputs of(Transaction transaction, ChainPort chain, MempoolPort mempool) {
    PreviousOutputs found = new PreviousOutputs();
    ChainSnapshot now = chain.snapshot();
    CoinView coins = mempool.snapshot().coins(now.chain(), now.height() + 1);
    for (TxIn input : transaction.inputs()) {
      coins
          .coin(input.outPoint())
          .ifPresent(coin -> found.outputs.put(input.outPoint(), coin.output()));
    }
    return found;
  }

  public Optional<TxOut> find(OutPoint outPoint) {
    return Optional.ofNullable(outputs.get(outPoint));
  }

  /** Whether nobody said how much the output is worth, as a signature of a witness must know. */
  boolean lacksAmount(OutPoint outPoint) {
    return withoutAmount.contains(outPoint);
  }

  /** The scripts of all outputs that are known. */
  public List<Script> scripts() {
    return outputs.values().stream().map(TxOut::scriptPubKey).toList();
  }

  /** Takes in what the caller tells of outputs whose scripts the signer knows. */
  public void add(JsonNode previous) {
    add(previous, Optional.empty());
  }

  /** Takes in what the caller tells. */
  void add(JsonNode previous, SigningKeys keys) {
    add(previous, Optional.of(keys));
  }

  private void add(JsonNode previous, Optional<SigningKeys> keys) {
    for (JsonNode each : previous) {
      if (!each.isObject()) {
        throw Read.deserialization("expected object with {\"txid'\",\"vout\",\"scriptPubKey\"}");
      }
      addOne(each, keys);
    }
  }

  private void addOne(JsonNode previous, Optional<SigningKeys> keys) {
    Txid txid = Txid.of(Read.hash("txid", text(previous, "txid")));
    int index = Read.int32(field(previous, "vout", ParamType.NUMBER));
    Script script = Script.of(Read.hex("scriptPubKey", text(previous, "scriptPubKey")));
    if (index < 0) {
      throw Read.deserialization("vout cannot be negative");
    }
    OutPoint outPoint = new OutPoint(txid, index);
    TxOut known = outputs.get(outPoint);
    if (known != null && !known.scriptPubKey().equals(script)) {
      throw Read.deserialization(
          "Previous output scriptPubKey mismatch:\n"
              + ScriptJson.assembler(known.scriptPubKey())
              + "\nvs:\n"
              + ScriptJson.assembler(script));
    }
    long amountSat = Amount.MAX_MONEY;
    if (previous.has("amount")) {
      amountSat = Read.amountSat(previous.get("amount"));
      withoutAmount.remove(outPoint);
    } else {
      withoutAmount.add(outPoint);
    }
    outputs.put(outPoint, new TxOut(amountSat, script));
    OutputType type = ScriptPattern.classify(script);
    if (keys.isPresent() && (type == OutputType.P2SH || type == OutputType.P2WSH)) {
      addScripts(previous, script, keys.get());
    }
  }

  private static void addScripts(JsonNode previous, Script output, SigningKeys keys) {
    Optional<String> redeem = optionalText(previous, "redeemScript");
    Optional<String> witness = optionalText(previous, "witnessScript");
    if (redeem.isEmpty() && witness.isEmpty()) {
      throw RpcException.invalidParameter("Missing redeemScript/witnessScript");
    }
    Script script =
        Script.of(
            witness.isPresent()
                ? Read.hex("witnessScript", witness.get())
                : Read.hex("redeemScript", redeem.orElseThrow()));
    Script program = ScriptPattern.p2wsh(script);
    keys.add(script);
    keys.add(program);
    if (redeem.isPresent() && witness.isPresent() && !redeem.equals(witness)) {
      Script redeemScript = Script.of(Read.hex("redeemScript", redeem.get()));
      if (!redeemScript.equals(program)) {
        throw RpcException.invalidParameter("redeemScript does not correspond to witnessScript");
      }
    }
    boolean fits =
        ScriptPattern.isP2sh(output)
            ? output.equals(p2sh(script)) || output.equals(p2sh(program))
            : output.equals(program);
    if (!fits) {
      throw RpcException.invalidParameter("redeemScript/witnessScript does not match scriptPubKey");
    }
  }

  private static Script p2sh(Script redeemScript) {
    return ScriptPattern.p2sh(Hash160.hash(redeemScript.toByteArray()));
  }

  private static JsonNode field(JsonNode object, String name, ParamType type) {
    JsonNode value = object.path(name);
    if (value.isMissingNode()) {
      throw RpcException.typeError("Missing " + name);
    }
    type.mismatch(value)
        .ifPresent(
            mismatch -> {
              throw RpcException.typeError(
                  "JSON value of type %s for field %s is not of expected type %s"
                      .formatted(Json.typeName(value), name, type.expected()));
            });
    return value;
  }

  private static String text(JsonNode object, String name) {
    return field(object, name, ParamType.TEXT).textValue();
  }

  private static Optional<String> optionalText(JsonNode object, String name) {
    return object.hasNonNull(name) ? Optional.of(text(object, name)) : Optional.empty();
  }
}
