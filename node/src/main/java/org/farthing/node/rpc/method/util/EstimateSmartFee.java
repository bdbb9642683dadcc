package org.farthing.node.rpc.method.util;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.farthing.node.fee.FeeEstimate;
import org.farthing.node.fee.FeeSource;
import org.farthing.node.fee.MinedBlock;
import org.farthing.node.mempool.FeeRate;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.FeeParams;
import org.farthing.node.rpc.port.FeesPort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.Fields;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code estimatesmartfee}. */
public final class EstimateSmartFee implements RpcMethod {
  private static final int WITH_BLOCKS = 2;

  private static final Param<Integer> TARGET = FeeParams.target();
  private static final Param<String> MODE =
      Param.text(
              "estimate_mode",
              "economical, or conservative: asks a longer past too, and answers more")
          .or("economical");
  private static final Param<String> ESTIMATOR =
      Param.text(
              "fee_rate_estimator",
              "block_policy: from how long transactions waited; mempool_policy: from what would be"
                  + " in the next block; room_in_blocks: from what waits and from the room in the"
                  + " last blocks; anything else: the lower of the first two, if both are known")
          .or("none");
  private static final Param<Integer> VERBOSITY =
      Param.integer("verbosity", "2 to show the last blocks too").or(1);
  private static final Param<JsonNode> OPTIONS =
      Param.object("options", "What else is wanted", ESTIMATOR, VERBOSITY).orNothing();

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "estimatesmartfee",
              Category.UTIL,
              "Estimates the fee rate with which a transaction is confirmed in time, from what"
                  + " others paid. Sizes are virtual (BIP141).")
          .takes(TARGET, MODE, OPTIONS)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.amount("feerate", "coins for 1000 virtual bytes, if it is known").maybe(),
                  Result.text("estimator", "which of the estimates it is").maybe(),
                  Result.text("rests_on", "for room_in_blocks: what it was guessed from").maybe(),
                  Result.array("errors", "why it is not known", Result.text("", "a reason"))
                      .maybe(),
                  Result.number("blocks", "in how many blocks it is enough"),
                  Result.array(
                          "mempool_health_statistics",
                          "for verbosity 2: the last blocks, the newest first",
                          Result.object(
                              "",
                              "",
                              Result.number("block_height", "the height"),
                              Result.number("block_weight", "without the coinbase"),
                              Result.number(
                                  "mempool_txs_weight", "of what had waited in the mempool")))
                      .maybe()))
          .example("6");

  private final FeesPort fees;
  private final MempoolPort mempool;
  private final NodePort node;
  private final NodeCalls calls;

  public EstimateSmartFee(FeesPort fees, MempoolPort mempool, NodePort node, NodeCalls calls) {
    this.fees = fees;
    this.mempool = mempool;
    this.node = node;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  /** What is asked for, and the last blocks. */
  private record Found(FeeEstimate estimate, List<MinedBlock> blocks) {}

  @Override
  public JsonNode call(RpcRequest request) {
    FeeParams.expectOn(fees);
    int target = FeeParams.checked(request.get(TARGET));
    boolean conservative = FeeParams.isConservative(request.get(MODE));
    Fields options =
        Fields.of(
            request.find(OPTIONS).orElseGet(Json::object), List.of(ESTIMATOR, VERBOSITY), true);
    Optional<FeeSource> source = FeeSource.named(options.get(ESTIMATOR));
    Found found = calls.call(() -> find(source, target, conservative));
    ObjectNode json = Json.object();
    Optional<FeeRate> rate = found.estimate().rate();
    if (rate.isPresent()) {
      FeeRate least = mempool.snapshot().minimumFee(node.nowMillis());
      json.set("feerate", Json.amount(rate.get().max(least).satPerKvb()));
      if (source.isEmpty()) {
        json.put("estimator", found.estimate().source().label());
      }
      if (!found.estimate().basis().isEmpty()) {
        json.put("rests_on", found.estimate().basis());
      }
    } else {
      json.putArray("errors").add(found.estimate().error());
    }
    json.put("blocks", found.estimate().blocks());
    if (options.get(VERBOSITY) >= WITH_BLOCKS) {
      show(json.putArray("mempool_health_statistics"), found.blocks());
    }
    return json;
  }

  private Found find(Optional<FeeSource> source, int target, boolean conservative) {
    FeeEstimate estimate =
        source.isPresent()
            ? fees.estimate(source.get(), target, conservative)
            : fees.estimate(target, conservative);
    return new Found(estimate, fees.minedBlocks());
  }

  private static void show(ArrayNode json, List<MinedBlock> blocks) {
    for (MinedBlock block : blocks) {
      json.addObject()
          .put("block_height", block.height())
          .put("block_weight", block.weight())
          .put("mempool_txs_weight", block.knownWeight());
    }
  }
}
