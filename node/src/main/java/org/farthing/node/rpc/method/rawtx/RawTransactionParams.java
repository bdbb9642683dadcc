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

/** The parameters that a raw transaction is made of ({@code createrawtransaction} and others). */
final class RawTransactionParams {
  static final Param<JsonNode> INPUTS =
      Param.array("inputs", "Objects with txid, vout and perhaps sequence");
  static final Param<JsonNode> OUTPUTS =
      Param.any(
          "outputs",
          "Objects of an address and coins each, or of data and hex; or one object of all of them",
          Function.identity());
  static final Param<Long> LOCK_TIME = Param.number("locktime", "The lock time").or(0);
  static final Param<Boolean> REPLACEABLE =
      Param.flag("replaceable", "Whether another transaction may replace it (BIP125)").or(true);
  static final Param<Integer> VERSION = Param.integer("version", "The version").or(2);

  private static final long MAX_UINT32 = 0xffff_ffffL;
  private static final int REPLACEABLE_SEQUENCE = 0xffff_fffd;
  private static final int NON_FINAL_SEQUENCE = 0xffff_fffe;
  private static final int FINAL_SEQUENCE = 0xffff_ffff;
  private static final int MIN_VERSION = 1;
  private static final int MAX_VERSION = 3;
  private static final String DATA = "data";

  private RawTransactionParams() {}

  /** The unsigned transaction. */
  static Transaction read(RpcRequest request, Network network) {
    long lockTime = request.get(LOCK_TIME);
    if (lockTime < 0 || lockTime > MAX_UINT32) {
      throw RpcException.invalidParameter("Invalid parameter, locktime out of range");
    }
    int version = request.get(VERSION);
    if (version < MIN_VERSION || version > MAX_VERSION) {
      throw RpcException.invalidParameter(
          "Invalid parameter, version out of range(%d~%d)".formatted(MIN_VERSION, MAX_VERSION));
    }
    boolean replaceable = request.get(REPLACEABLE);
    int sequence =
        replaceable ? REPLACEABLE_SEQUENCE : lockTime != 0 ? NON_FINAL_SEQUENCE : FINAL_SEQUENCE;
    List<TxIn> inputs = inputs(request.get(INPUTS), sequence);
    Transaction transaction =
        new Transaction(version, inputs, outputs(request.get(OUTPUTS), network), (int) lockTime);
    if (request.has(REPLACEABLE) && replaceable && !inputs.isEmpty() && !signals(inputs)) {
      throw RpcException.invalidParameter(
          "Invalid parameter combination: Sequence number(s) contradict replaceable option");
    }
    return transaction;
  }

  private static boolean signals(List<TxIn> inputs) {
    return inputs.stream()
        .anyMatch(input -> Integer.compareUnsigned(input.sequence(), REPLACEABLE_SEQUENCE) <= 0);
  }

  private static List<TxIn> inputs(JsonNode inputs, int defaultSequence) {
    List<TxIn> all = new ArrayList<>();
    for (JsonNode input : inputs) {
      Read.expect(input, ParamType.OBJECT);
      Txid txid = Txid.of(Read.hash("txid", Read.text(input.path("txid"))));
      if (!input.path("vout").isNumber()) {
        throw RpcException.invalidParameter("Invalid parameter, missing vout key");
      }
      int index = Read.int32(input.get("vout"));
      if (index < 0) {
        throw RpcException.invalidParameter("Invalid parameter, vout cannot be negative");
      }
      all.add(new TxIn(new OutPoint(txid, index), Script.EMPTY, sequence(input, defaultSequence)));
    }
    return all;
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

  private static List<TxOut> outputs(JsonNode given, Network network) {
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
      return List.copyOf(given.properties());
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
      if (pair.size() != 1) {
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
