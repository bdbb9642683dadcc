package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.Decode;
import org.farthing.node.rpc.method.rawtx.RawTransactionParams;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Read;
import org.farthing.wallet.descriptor.Descriptor;
import org.farthing.wallet.descriptor.DescriptorParser;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.selection.Fees;
import org.farthing.wallet.spend.DescriptorKeys;
import org.farthing.wallet.spend.SigningKeys;

/** What callers tell of coins that are not the wallet's, so that their inputs can be measured. */
final class SolvingData {
  /** Outpoint, sequence, an empty scriptSig and an empty witness. */
  private static final int MIN_INPUT_WEIGHT = 165;

  static final Param<JsonNode> PARAM =
      Param.object(
              "solving_data",
              "How coins of others are spent, from which the size of their inputs follows",
              Param.array("pubkeys", "Public keys", Param.text("pubkey", "A public key in hex"))
                  .orNothing(),
              Param.array("scripts", "Scripts", Param.text("script", "A script in hex"))
                  .orNothing(),
              Param.array("descriptors", "Descriptors", Param.text("descriptor", "A descriptor"))
                  .orNothing())
          .orNothing();

  static final Param<Long> WEIGHT =
      Param.number("weight", "The most weight units of the input, its witness included")
          .orNothing();

  static final Param<JsonNode> INPUT_WEIGHTS =
      Param.array(
              "input_weights",
              "The sizes of inputs, where callers know better; these coins are spent too",
              Param.object(
                  "",
                  "",
                  Param.txid("txid", "The transaction id"),
                  Param.integer("vout", "The index of the output"),
                  Param.number(
                      "weight", "The most weight units of the input, its witness included")))
          .orNothing();

  private SolvingData() {}

  static SigningKeys keys(Optional<JsonNode> given, Network network) {
    SigningKeys keys = new SigningKeys();
    if (given.isPresent()) {
      given.get().path("pubkeys").forEach(each -> addPublicKey(Read.text(each), keys));
      given.get().path("scripts").forEach(each -> addScript(Read.text(each), keys));
      given
          .get()
          .path("descriptors")
          .forEach(each -> addDescriptor(Read.text(each), network, keys));
    }
    return keys;
  }

  private static void addPublicKey(String hex, SigningKeys keys) {
    byte[] key = Decode.publicKey(hex);
    keys.add(ByteString.of(key));
    keys.add(ScriptPattern.p2wpkh(Hash160.hash(key)));
  }

  private static void addScript(String hex, SigningKeys keys) {
    try {
      keys.add(Script.of(Hex.decode(hex)));
    } catch (DecodeException e) {
      throw new RpcException(RpcErrorCode.INVALID_ADDRESS_OR_KEY, "'" + hex + "' is not hex");
    }
  }

  private static void addDescriptor(String text, Network network, SigningKeys keys) {
    try {
      for (Descriptor each : new DescriptorParser(network).parse(text)) {
        new DescriptorKeys(keys, Set.of()).add(each, 0);
      }
    } catch (WalletException e) {
      throw RpcException.invalidParameter(
          "Unable to parse descriptor '" + text + "': " + e.getMessage());
    }
  }

  /** The weights that callers name. */
  static Map<OutPoint, Integer> weights(Optional<JsonNode> given) {
    Map<OutPoint, Integer> weights = new LinkedHashMap<>();
    for (JsonNode input : given.orElseGet(Json::array)) {
      OutPoint outPoint = RawTransactionParams.outPoint(input);
      if (!input.path("weight").isNumber()) {
        throw RpcException.invalidParameter("Invalid parameter, missing weight key");
      }
      weights.put(outPoint, weight(Read.int64(input.get("weight"))));
    }
    return weights;
  }

  static int weight(long weight) {
    if (weight < MIN_INPUT_WEIGHT) {
      throw RpcException.invalidParameter(
          ("Invalid parameter, weight cannot be less than %d (41 bytes (size of outpoint +"
                  + " sequence + empty scriptSig) * 4 (witness scaling factor)) + 1 (empty"
                  + " witness)")
              .formatted(MIN_INPUT_WEIGHT));
    }
    if (weight > Fees.MAX_WEIGHT) {
      throw RpcException.invalidParameter(
          "Invalid parameter, weight cannot be greater than the maximum standard tx weight of "
              + Fees.MAX_WEIGHT);
    }
    return (int) weight;
  }
}
