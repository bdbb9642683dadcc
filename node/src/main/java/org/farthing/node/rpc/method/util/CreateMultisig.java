package org.farthing.node.rpc.method.util;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.Decode;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Read;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.descriptor.KeyExpression;
import org.farthing.wallet.descriptor.ScriptExpression;
import org.farthing.wallet.descriptor.SingleKey;

/** {@code createmultisig}. */
public final class CreateMultisig implements RpcMethod {
  private static final Param<Integer> REQUIRED =
      Param.integer("nrequired", "How many signatures are wanted");
  private static final Param<JsonNode> KEYS =
      Param.array("keys", "The public keys", Param.hex("key", "One of them"));
  private static final Param<String> TYPE =
      Param.text("address_type", "legacy, p2sh-segwit or bech32").or("legacy");

  private static final int MAX_REDEEM_SCRIPT_SIZE = 520;

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "createmultisig", Category.UTIL, "Makes an address of which several keys must sign.")
          .takes(REQUIRED, KEYS, TYPE)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.text("address", "the address"),
                  Result.hex("redeemScript", "the script that the address is the hash of"),
                  Result.text("descriptor", "of this script"),
                  Result.array("warnings", "if there are any", Result.text("", "")).maybe()))
          .example("2 '[\"02...\",\"03...\"]'");

  private final Network network;

  public CreateMultisig(ChainPort chain) {
    this.network = chain.params().network();
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    List<byte[]> keys = new ArrayList<>();
    request.get(KEYS).forEach(key -> keys.add(Decode.publicKey(Read.text(key))));
    int required = request.get(REQUIRED);
    String wanted = request.get(TYPE);
    checkType(wanted);
    checkCounts(required, keys.size());
    boolean compressed = keys.stream().allMatch(key -> key.length == Secp256k1.COMPRESSED_SIZE);
    String type = compressed ? wanted : "legacy";
    Script redeemScript = ScriptPattern.multisig(required, keys);
    if (type.equals("legacy") && redeemScript.size() > MAX_REDEEM_SCRIPT_SIZE) {
      throw RpcException.invalidParameter(
          "redeemScript exceeds size limit: %d > %d"
              .formatted(redeemScript.size(), MAX_REDEEM_SCRIPT_SIZE));
    }
    ScriptExpression descriptor = wrap(multi(required, keys), type);
    ObjectNode json = Json.object();
    json.put("address", Address.ofScript(descriptor.scriptAt(0), network).orElseThrow().toString());
    json.put("redeemScript", redeemScript.toHex());
    json.put("descriptor", descriptor.text());
    if (!type.equals(wanted)) {
      json.putArray("warnings")
          .add(
              "Unable to make chosen address type, please ensure no uncompressed public keys are"
                  + " present.");
    }
    return json;
  }

  private static void checkType(String type) {
    switch (type) {
      case "legacy", "p2sh-segwit", "bech32" -> {}
      case "bech32m" ->
          throw new RpcException(
              RpcErrorCode.INVALID_ADDRESS_OR_KEY,
              "createmultisig cannot create bech32m multisig addresses");
      default ->
          throw new RpcException(
              RpcErrorCode.INVALID_ADDRESS_OR_KEY, "Unknown address type '" + type + "'");
    }
  }

  private static void checkCounts(int required, int count) {
    if (required < 1) {
      throw RpcException.invalidParameter(
          "a multisignature address must require at least one key to redeem");
    }
    if (count < required) {
      throw RpcException.invalidParameter(
          "not enough keys supplied (got %d keys, but need at least %d to redeem)"
              .formatted(count, required));
    }
    if (count > ScriptPattern.MAX_MULTISIG_KEYS) {
      throw RpcException.invalidParameter(
          "Number of keys involved in the multisignature address creation > %d\nReduce the number"
              .formatted(ScriptPattern.MAX_MULTISIG_KEYS));
    }
  }

  private static ScriptExpression multi(int required, List<byte[]> keys) {
    List<KeyExpression> expressions = new ArrayList<>();
    keys.forEach(key -> expressions.add(SingleKey.of(Optional.empty(), key, SingleKey.Form.FULL)));
    return new ScriptExpression.Multi(required, expressions, false);
  }

  private static ScriptExpression wrap(ScriptExpression multi, String type) {
    return switch (type) {
      case "p2sh-segwit" -> new ScriptExpression.Sh(new ScriptExpression.Wsh(multi));
      case "bech32" -> new ScriptExpression.Wsh(multi);
      default -> new ScriptExpression.Sh(multi);
    };
  }
}
