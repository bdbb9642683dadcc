package org.farthing.node.rpc.method.rawtx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.mempool.FeeRate;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.mempool.MempoolResult;
import org.farthing.node.mempool.PackageResult;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code testmempoolaccept}. */
public final class TestMempoolAccept implements RpcMethod {
  private static final Param<JsonNode> TRANSACTIONS =
      PackageJson.param("rawtxs", "Transactions, parents before their children");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "testmempoolaccept",
              Category.RAW_TRANSACTIONS,
              "Says whether transactions would be taken into the mempool; nothing changes.")
          .takes(TRANSACTIONS, FeeLimit.PARAM)
          .returns(
              Result.array(
                  "",
                  "in the order of the transactions",
                  Result.object(
                      "",
                      "",
                      Result.hex("txid", "the transaction id"),
                      Result.hex("wtxid", "the witness transaction id"),
                      Result.text("package-error", "what is wrong with all of them together")
                          .maybe(),
                      Result.flag("allowed", "missing where others made the test impossible")
                          .maybe(),
                      Result.number("vsize_adjusted", "with signature operations").maybe(),
                      Result.number("vsize", "the same").maybe(),
                      Result.number("vsize_bip141", "without them").maybe(),
                      Result.object(
                              "fees",
                              "",
                              Result.amount("base", "coins"),
                              Result.amount("effective-feerate", "coins/kvB"),
                              Result.array(
                                  "effective-includes",
                                  "the wtxids that this rate is of",
                                  Result.hex("", "")))
                          .maybe(),
                      Result.text("reject-reason", "if it is not allowed").maybe(),
                      Result.text("reject-details", "more about it").maybe())))
          .example("'[\"signedhex\"]'");

  private final MempoolPort mempool;
  private final NodeCalls calls;

  public TestMempoolAccept(MempoolPort mempool, NodeCalls calls) {
    this.mempool = mempool;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    JsonNode texts = PackageJson.texts(request, TRANSACTIONS);
    FeeRate maximum = FeeLimit.read(request);
    List<Transaction> transactions = new ArrayList<>();
    texts.forEach(text -> transactions.add(PackageJson.transaction(text)));
    return transactions.size() == 1
        ? Json.array().add(alone(transactions.get(0), maximum))
        : together(transactions, maximum);
  }

  private ObjectNode alone(Transaction transaction, FeeRate maximum) {
    ObjectNode json = named(transaction);
    MempoolResult result = calls.call(() -> mempool.test(transaction));
    if (result instanceof MempoolResult.Accepted accepted) {
      accepted(accepted.entry(), maximum, json);
    } else {
      refused(result, json);
    }
    return json;
  }

  /** After the first that would not be taken in nothing is known of those behind it. */
  private ArrayNode together(List<Transaction> transactions, FeeRate maximum) {
    PackageResult result = calls.call(() -> mempool.test(transactions));
    ArrayNode answer = Json.array();
    boolean over = false;
    for (Transaction transaction : transactions) {
      ObjectNode json = named(transaction);
      answer.add(json);
      Optional<PackageResult.Outcome> outcome =
          Optional.ofNullable(result.outcomes().get(transaction.wtxid()));
      if (outcome.isEmpty() && result.outcomes().isEmpty()) {
        result.fault().ifPresent(fault -> json.put("package-error", fault.toString()));
      }
      if (over || outcome.isEmpty()) {
        continue;
      }
      if (outcome.get() instanceof PackageResult.Outcome.Accepted accepted) {
        over = !accepted(accepted.entry(), maximum, json);
      } else if (outcome.get() instanceof PackageResult.Outcome.Failed failed) {
        refused(failed.result(), json);
      }
    }
    return answer;
  }

  private static ObjectNode named(Transaction transaction) {
    ObjectNode json = Json.object();
    json.put("txid", transaction.txid().toString());
    return json.put("wtxid", transaction.wtxid().toString());
  }

  private static void refused(MempoolResult result, ObjectNode json) {
    json.put("allowed", false);
    if (result instanceof MempoolResult.MissingInputs) {
      json.put("reject-reason", "missing-inputs");
    } else {
      json.put("reject-reason", result.reason());
      json.put("reject-details", result.toString());
    }
  }

  /** False where it pays too much. */
  private static boolean accepted(MempoolEntry entry, FeeRate maximum, ObjectNode json) {
    long maxFeeSat = maximum.feeFor(entry.virtualSize());
    if (maxFeeSat > 0 && entry.feeSat() > maxFeeSat) {
      json.put("allowed", false);
      json.put("reject-reason", "max-fee-exceeded");
      return false;
    }
    json.put("allowed", true);
    ObjectNode fees = PackageJson.describe(entry, json);
    fees.set("effective-feerate", Json.amount(entry.feePerWeight().rate().satPerKvb()));
    fees.putArray("effective-includes").add(entry.transaction().wtxid().toString());
    return true;
  }
}
