package org.farthing.node.rpc.method.psbt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.psbt.PsbtAnalyzer;
import org.farthing.wallet.psbt.PsbtAnalyzer.Analysis;
import org.farthing.wallet.psbt.PsbtAnalyzer.InputAnalysis;
import org.farthing.wallet.psbt.PsbtAnalyzer.Role;
import org.farthing.wallet.spend.SpendData;

/** {@code analyzepsbt}. */
public final class AnalyzePsbt implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of(
              "analyzepsbt",
              Category.RAW_TRANSACTIONS,
              "Says what a partially signed transaction still needs, and what it will cost.")
          .takes(PsbtParams.PSBT)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.array(
                          "inputs",
                          "if there are any",
                          Result.object(
                              "",
                              "",
                              Result.flag("has_utxo", "whether the output that is spent is known"),
                              Result.flag("is_final", "whether nothing is missing"),
                              Result.object(
                                      "missing",
                                      "what is",
                                      Result.array(
                                              "pubkeys",
                                              "hashes of keys that are not known",
                                              Result.hex("", ""))
                                          .maybe(),
                                      Result.array(
                                              "signatures",
                                              "hashes of keys whose signatures are missing",
                                              Result.hex("", ""))
                                          .maybe(),
                                      Result.hex("redeemscript", "its hash").maybe(),
                                      Result.hex("witnessscript", "its hash").maybe())
                                  .maybe(),
                              Result.text("next", "who has to go on with it").maybe()))
                      .maybe(),
                  Result.number("estimated_vsize", "virtual bytes with all signatures").maybe(),
                  Result.amount("estimated_feerate", "coins/kvB").maybe(),
                  Result.amount("fee", "coins").maybe(),
                  Result.text("next", "who has to go on with the whole"),
                  Result.text("error", "what makes it invalid, if anything").maybe()))
          .example("\"psbt\"");

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Analysis analysis = PsbtAnalyzer.analyze(PsbtParams.one(request));
    ObjectNode json = Json.object();
    if (!analysis.inputs().isEmpty()) {
      ArrayNode inputs = json.putArray("inputs");
      analysis.inputs().forEach(input -> inputs.add(input(input)));
    }
    analysis.virtualSize().ifPresent(size -> json.put("estimated_vsize", size));
    analysis.satPerKvb().ifPresent(rate -> json.set("estimated_feerate", Json.amount(rate)));
    analysis.feeSat().ifPresent(fee -> json.set("fee", Json.amount(fee)));
    json.put("next", name(analysis.next()));
    analysis.error().ifPresent(error -> json.put("error", error));
    return json;
  }

  private static String name(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private static ObjectNode input(InputAnalysis input) {
    ObjectNode json = Json.object();
    json.put("has_utxo", input.hasUtxo());
    json.put("is_final", input.isFinal());
    json.put("next", name(input.next()));
    ObjectNode missing = missing(input.missing());
    if (!missing.isEmpty()) {
      json.set("missing", missing);
    }
    return json;
  }

  private static ObjectNode missing(SpendData data) {
    ObjectNode json = Json.object();
    if (!data.missingKeys().isEmpty()) {
      json.set("pubkeys", Json.strings(data.missingKeys()));
    }
    data.missingRedeemScript().ifPresent(hash -> json.put("redeemscript", hash.toString()));
    data.missingWitnessScript().ifPresent(hash -> json.put("witnessscript", hash.toString()));
    if (!data.missingSignatures().isEmpty()) {
      json.set("signatures", Json.strings(data.missingSignatures()));
    }
    return json;
  }
}
