package org.farthing.node.rpc.method.rawtx;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.script.Opcode;
import org.farthing.consensus.script.ScriptBuilder;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.ParamType;
import org.farthing.node.rpc.spec.Read;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.spend.Payment;

/** The parameters that a raw transaction is made of ({@code createrawtransaction} and others). */
public final class RawTransactionParams {
  public static final Param<JsonNode> INPUTS =
      Param.array(
          "inputs",
          "The outputs to spend",
          Param.object(
              "",
              "",
              Param.txid("txid", "The transaction id"),
              Param.integer("vout", "The index of the output"),
              Param.unsigned("sequence", 32, "The sequence number")
                  .otherwise("depends on 'replaceable' and 'locktime'")));

  public static final Param<JsonNode> OUTPUTS =
      Param.any(
              "outputs",
              "What is paid: objects of one field each. No address may stand there twice, and data"
                  + " only once. One object with all the fields is taken too.",
              Function.<JsonNode>identity())
          .oneOf(
              Param.array(
                  "",
                  "",
                  Param.map("", "", Param.amount("address", "An address, and coins")),
                  Param.object(
                      "", "", Param.hex("data", "What an output carries that nobody can spend"))),
              Param.map("", "", Param.amount("address", "An address, and coins")));

  public static final Param<Long> LOCK_TIME =
      Param.number("locktime", "The lock time; not 0, it lets inputs be not final").or(0);
  public static final Param<Boolean> REPLACEABLE =
      Param.flag(
              "replaceable",
              "Whether another transaction may replace it (BIP125); an error if given, and a"
                  + " sequence number contradicts it")
          .or(true);
  public static final Param<Long> VERSION =
      Param.unsigned("version", 32, "The version of the transaction").or(2);

  private static final long MAX_UINT32 = 0xffff_ffffL;
  private static final int MIN_VERSION = 1;
  private static final int MAX_VERSION = 3;
  private static final String DATA = "data";

  private RawTransactionParams() {}

  /** The unsigned transaction. */
  public static Transaction read(RpcRequest request, Network network) {
    long lockTime = request.get(LOCK_TIME);
    if (lockTime < 0 || lockTime > MAX_UINT32) {
      throw RpcException.invalidParameter("Invalid parameter, locktime out of range");
    }
    int version = version(request);
    boolean replaceable = request.get(REPLACEABLE);
    int sequence =
        replaceable
            ? Sequence.MAX_REPLACEABLE
            : lockTime != 0 ? Sequence.MAX_NON_FINAL : Sequence.FINAL;
    List<TxIn> inputs = inputs(request.get(INPUTS), sequence);
    Transaction transaction =
        new Transaction(version, inputs, outputs(request, network), (int) lockTime);
    if (request.has(REPLACEABLE)
        && replaceable
        && !inputs.isEmpty()
        && !transaction.saysReplaceable()) {
      throw RpcException.invalidParameter(
          "Invalid parameter combination: Sequence number(s) contradict replaceable option");
    }
    return transaction;
  }

  /** The version, if the wire and nodes know it. */
  public static int version(RpcRequest request) {
    return checkedVersion(request.get(VERSION));
  }

  /** The same where it stands elsewhere. */
  public static int checkedVersion(long version) {
    if (version < MIN_VERSION || version > MAX_VERSION) {
      throw RpcException.invalidParameter(
          "Invalid parameter, version out of range(%d~%d)".formatted(MIN_VERSION, MAX_VERSION));
    }
    return (int) version;
  }

  private static List<TxIn> inputs(JsonNode inputs, int defaultSequence) {
    List<TxIn> all = new ArrayList<>();
    for (JsonNode input : inputs) {
      all.add(new TxIn(outPoint(input), Script.EMPTY, sequence(input, defaultSequence)));
    }
    return all;
  }

  /** The output that an object names by {@code txid} and {@code vout}. */
  public static OutPoint outPoint(JsonNode input) {
    Read.expect(input, ParamType.OBJECT);
    Txid txid = Txid.of(Read.hash("txid", Read.text(input.path("txid"))));
    if (!input.path("vout").isNumber()) {
      throw RpcException.invalidParameter("Invalid parameter, missing vout key");
    }
    int index = Read.int32(input.get("vout"));
    if (index < 0) {
      throw RpcException.invalidParameter("Invalid parameter, vout cannot be negative");
    }
    return new OutPoint(txid, index);
  }

  private static int sequence(JsonNode input, int defaultSequence) {
    if (!input.path("sequence").isNumber()) {
      return defaultSequence;
    }
    long sequence = Read.int64(input.get("sequence"));
    if (sequence < 0 || sequence > MAX_UINT32) {
      throw RpcException.invalidParameter("Invalid parameter, sequence number is out of range");
    }
    return (int) sequence;
  }

  /** The payees of {@link #OUTPUTS}. */
  public static List<TxOut> outputs(RpcRequest request, Network network) {
    JsonNode given =
        request
            .find(OUTPUTS)
            .orElseThrow(
                () ->
                    RpcException.invalidParameter(
                        "Invalid parameter, output argument must be non-null"));
    return outputs(given, network);
  }

  /** Payees under another name, in the same forms. */
  public static Param<JsonNode> newOutputs(String name) {
    return Param.any(name, "Who is paid: addresses with coins, or data in hex", value -> value)
        .oneOf(OUTPUTS.inner().toArray(Param<?>[]::new))
        .orNothing();
  }

  /** The payees of such a parameter. */
  public static List<Payment> payments(JsonNode given, Network network) {
    if (given.isArray() && given.isEmpty()) {
      throw RpcException.invalidParameter(
          "Invalid parameter, output argument cannot be an empty array");
    }
    return outputs(given, network).stream()
        .map(output -> new Payment(output.scriptPubKey(), output.valueSat(), false))
        .toList();
  }

  /** The payees of such a value. */
  public static List<TxOut> outputs(JsonNode given, Network network) {
    List<TxOut> outputs = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Map.Entry<String, JsonNode> output : pairs(given)) {
      String name = output.getKey();
      if (name.equals(DATA)) {
        if (!seen.add(DATA)) {
          throw RpcException.invalidParameter("Invalid parameter, duplicate key: data");
        }
        byte[] data = Read.hex("Data", output.getValue().asText());
        outputs.add(new TxOut(0, new ScriptBuilder().op(Opcode.OP_RETURN).push(data).build()));
        continue;
      }
      long amountSat = Read.amountSat(output.getValue());
      Script script = script(name, network);
      if (!seen.add(script.toHex())) {
        throw RpcException.invalidParameter("Invalid parameter, duplicated address: " + name);
      }
      outputs.add(new TxOut(amountSat, script));
    }
    return outputs;
  }

  private static List<Map.Entry<String, JsonNode>> pairs(JsonNode given) {
    if (given.isObject()) {
      List<Map.Entry<String, JsonNode>> all = new ArrayList<>(given.properties());
      Json.repeatedKey(given).ifPresent(key -> all.add(Map.entry(key, given.get(key))));
      return all;
    }
    if (!given.isArray()) {
      throw RpcException.typeError(
          "JSON value of type " + Json.typeName(given) + " is not of expected type array");
    }
    List<Map.Entry<String, JsonNode>> pairs = new ArrayList<>();
    for (JsonNode pair : given) {
      if (!pair.isObject()) {
        throw RpcException.invalidParameter(
            "Invalid parameter, key-value pair not an object as expected");
      }
      if (pair.size() != 1 || Json.repeatedKey(pair).isPresent()) {
        throw RpcException.invalidParameter(
            "Invalid parameter, key-value pair must contain exactly one key");
      }
      pairs.addAll(pair.properties());
    }
    return pairs;
  }

  private static Script script(String address, Network network) {
    try {
      return Address.parse(address, network).toScript();
    } catch (WalletException e) {
      throw new RpcException(
          RpcErrorCode.INVALID_ADDRESS_OR_KEY, "Invalid Bitcoin address: " + address);
    }
  }
}
