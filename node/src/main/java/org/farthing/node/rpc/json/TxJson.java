package org.farthing.node.rpc.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Witness;

/** Transactions of one network in JSON. */
public final class TxJson {
  private final ScriptJson scripts;

  public TxJson(Network network) {
    this.scripts = new ScriptJson(network);
  }

  /** All fields that the transaction itself gives, with its hex. */
  public ObjectNode of(Transaction transaction) {
    ObjectNode json = withoutHex(transaction, List.of(), false);
    return json.put("hex", Hex.encode(transaction.serialize()));
  }

  /** The same without hex. */
  public ObjectNode decoded(Transaction transaction) {
    return withoutHex(transaction, List.of(), false);
  }

  /**
   * With the fee, because the spent coins are known.
   *
   * @param spent the coins of the inputs, in order
   * @param showCoins also each coin itself ({@code prevout})
   */
  public ObjectNode of(Transaction transaction, List<Coin> spent, boolean showCoins) {
    ObjectNode json = withoutHex(transaction, spent, showCoins);
    long in = spent.stream().mapToLong(coin -> coin.output().valueSat()).sum();
    long out = transaction.outputs().stream().mapToLong(TxOut::valueSat).sum();
    json.set("fee", Json.amount(in - out));
    return json.put("hex", Hex.encode(transaction.serialize()));
  }

  private ObjectNode withoutHex(Transaction transaction, List<Coin> spent, boolean showCoins) {
    ObjectNode json = Json.object();
    json.put("txid", transaction.txid().toString());
    json.put("hash", transaction.wtxid().toString());
    json.put("version", Integer.toUnsignedLong(transaction.version()));
    json.put("size", transaction.totalSize());
    json.put("vsize", transaction.virtualSize());
    json.put("weight", transaction.weight());
    json.put("locktime", Integer.toUnsignedLong(transaction.lockTime()));
    ArrayNode inputs = json.putArray("vin");
    for (int i = 0; i < transaction.inputs().size(); i++) {
      ObjectNode input = input(transaction.inputs().get(i), transaction.isCoinbase());
      if (showCoins) {
        input.set("prevout", prevout(spent.get(i)));
      }
      input.put("sequence", Integer.toUnsignedLong(transaction.inputs().get(i).sequence()));
      inputs.add(input);
    }
    ArrayNode outputs = json.putArray("vout");
    for (int i = 0; i < transaction.outputs().size(); i++) {
      outputs.add(output(transaction.outputs().get(i), i));
    }
    return json;
  }

  private static ObjectNode input(TxIn input, boolean coinbase) {
    ObjectNode json = Json.object();
    if (coinbase) {
      json.put("coinbase", input.scriptSig().toHex());
    } else {
      json.put("txid", input.outPoint().txid().toString());
      json.put("vout", Integer.toUnsignedLong(input.outPoint().index()));
      json.set("scriptSig", ScriptJson.input(input.scriptSig()));
    }
    Witness witness = input.witness();
    if (!witness.isEmpty()) {
      json.set("txinwitness", Json.strings(witness.toList().stream().map(Hex::encode).toList()));
    }
    return json;
  }

  private ObjectNode prevout(Coin coin) {
    ObjectNode json = Json.object();
    json.put("generated", coin.coinbase());
    json.put("height", coin.height());
    json.set("value", Json.amount(coin.output().valueSat()));
    json.set("scriptPubKey", scripts.output(coin.output().scriptPubKey()));
    return json;
  }

  private ObjectNode output(TxOut output, int index) {
    ObjectNode json = Json.object();
    json.set("value", Json.amount(output.valueSat()));
    json.put("n", index);
    json.set("scriptPubKey", scripts.output(output.scriptPubKey()));
    return json;
  }
}
