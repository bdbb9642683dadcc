package org.farthing.node.rpc.method.util;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import org.farthing.node.fee.BucketRange;
import org.farthing.node.fee.Horizon;
import org.farthing.node.fee.HorizonEstimate;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.FeeParams;
import org.farthing.node.rpc.port.FeesPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code estimaterawfee}: what each horizon of the block policy says, and why. */
public final class EstimateRawFee implements RpcMethod {
  private static final String NO_ANSWER =
      "Insufficient data or no feerate found which meets threshold";
  private static final double PLACES = 100;

  private static final Param<Integer> TARGET = FeeParams.target();
  private static final Param<BigDecimal> THRESHOLD =
      Param.decimal(
              "threshold",
              "The part of transactions with similar fee rates that must have been confirmed by"
                  + " then, so that lower fee rates are looked at")
          .or(Json.number(0.95));

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "estimaterawfee",
              Category.HIDDEN,
              "Estimates fee rates for each time horizon that looks at the target, and shows what"
                  + " they rest on. The form of the answer may change.")
          .takes(TARGET, THRESHOLD)
          .returns(
              Result.object(
                  "",
                  "",
                  horizon("short", "what was seen lately"),
                  horizon("medium", "what was seen in a day or so"),
                  horizon("long", "what was seen in a week or so")))
          .example("6 0.9");

  private final FeesPort fees;
  private final NodeCalls calls;

  public EstimateRawFee(FeesPort fees, NodeCalls calls) {
    this.fees = fees;
    this.calls = calls;
  }

  private static Result horizon(String name, String description) {
    return Result.object(
            name,
            description,
            Result.amount("feerate", "coins for 1000 virtual bytes, if it is known").maybe(),
            Result.decimal("decay", "what counts of an observation after each block"),
            Result.number("scale", "blocks that are not told apart"),
            range("pass", "the lowest fee rates that were enough"),
            range("fail", "the highest of those below that were not"),
            Result.array("errors", "why it is not known", Result.text("", "a reason")).maybe())
        .maybe();
  }

  private static Result range(String name, String description) {
    return Result.object(
            name,
            description,
            Result.decimal("startrange", "satoshis for 1000 virtual bytes, not in the range"),
            Result.decimal("endrange", "the highest in the range"),
            Result.decimal("withintarget", "transactions that were confirmed in time"),
            Result.decimal("totalconfirmed", "that were confirmed at all"),
            Result.number("inmempool", "that wait for so long now"),
            Result.decimal("leftmempool", "that left unconfirmed after that time"))
        .maybe();
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    FeeParams.expectOn(fees);
    int target = FeeParams.checked(request.get(TARGET));
    double threshold = request.get(THRESHOLD).doubleValue();
    if (threshold < 0 || threshold > 1) {
      throw RpcException.invalidParameter("Invalid threshold");
    }
    Map<Horizon, HorizonEstimate> found = calls.call(() -> find(target, threshold));
    ObjectNode json = Json.object();
    found.forEach((horizon, estimate) -> json.set(horizon.label(), show(horizon, estimate)));
    return json;
  }

  private Map<Horizon, HorizonEstimate> find(int target, double threshold) {
    Map<Horizon, HorizonEstimate> found = new EnumMap<>(Horizon.class);
    for (Horizon horizon : Horizon.values()) {
      if (target <= horizon.highestTarget()) {
        found.put(horizon, fees.estimate(horizon, target, threshold));
      }
    }
    return found;
  }

  private static ObjectNode show(Horizon horizon, HorizonEstimate estimate) {
    ObjectNode json = Json.object();
    long rate = Math.round(estimate.rate().orElse(0));
    if (rate > 0) {
      json.set("feerate", Json.amount(rate));
    }
    json.set("decay", Json.number(horizon.decay()));
    json.put("scale", horizon.scale());
    if (rate > 0) {
      estimate.pass().ifPresent(range -> json.set("pass", show(range)));
    }
    estimate.fail().ifPresent(range -> json.set("fail", show(range)));
    if (rate == 0) {
      json.putArray("errors").add(NO_ANSWER);
    }
    return json;
  }

  private static ObjectNode show(BucketRange range) {
    ObjectNode json = Json.object();
    json.set("startrange", Json.number(Math.rint(range.startRate())));
    json.set("endrange", Json.number(Math.rint(range.endRate())));
    json.set("withintarget", rounded(range.withinTarget()));
    json.set("totalconfirmed", rounded(range.confirmed()));
    json.put("inmempool", range.waiting());
    json.set("leftmempool", rounded(range.left()));
    return json;
  }

  private static JsonNode rounded(double value) {
    return Json.number(Math.rint(value * PLACES) / PLACES);
  }
}
