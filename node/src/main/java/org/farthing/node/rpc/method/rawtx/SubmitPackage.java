package org.farthing.node.rpc.method.rawtx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.mempool.FeeRate;
import org.farthing.node.mempool.PackageForm;
import org.farthing.node.mempool.PackageResult;
import org.farthing.node.mempool.PackageResult.Outcome;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code submitpackage}. */
public final class SubmitPackage implements RpcMethod {
  private static final String NOT_VALIDATED = "package-not-validated";

  private static final Param<JsonNode> PACKAGE =
      PackageJson.param(
          "package",
          "Parents, of which none needs another, and then their child; or one transaction");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "submitpackage",
              Category.RAW_TRANSACTIONS,
              "Takes a child with its parents into the mempool, and announces them to peers. What"
                  + " pays enough alone is taken alone; the child can pay for the others.")
          .takes(PACKAGE, FeeLimit.PARAM, BurnLimit.PARAM)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.text("package_msg", "success, or why not all of them wait now"),
                  Result.map(
                      "tx-results",
                      "by wtxid",
                      Result.object(
                          "wtxid",
                          "",
                          Result.hex("txid", "the transaction id"),
                          Result.hex("other-wtxid", "with which it waits, and was left so").maybe(),
                          Result.number("vsize_adjusted", "with signature operations").maybe(),
                          Result.number("vsize", "the same").maybe(),
                          Result.number("vsize_bip141", "without them").maybe(),
                          Result.object(
                                  "fees",
                                  "",
                                  Result.amount("base", "coins"),
                                  Result.amount("effective-feerate", "coins/kvB, if it is new")
                                      .maybe(),
                                  Result.array(
                                          "effective-includes",
                                          "the wtxids that this rate is of",
                                          Result.hex("", ""))
                                      .maybe())
                              .maybe(),
                          Result.text("error", "why it does not wait").maybe())),
                  Result.array(
                      "replaced-transactions", "that had to go", Result.hex("", "a txid"))))
          .example("'[\"parenthex\", \"childhex\"]'");

  private final MempoolPort mempool;
  private final NodeCalls calls;

  public SubmitPackage(MempoolPort mempool, NodeCalls calls) {
    this.mempool = mempool;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    JsonNode texts = PackageJson.texts(request, PACKAGE);
    FeeRate maximum = FeeLimit.read(request);
    List<Transaction> transactions = new ArrayList<>();
    for (JsonNode text : texts) {
      Transaction transaction = PackageJson.transaction(text);
      BurnLimit.check(transaction, request);
      transactions.add(transaction);
    }
    if (transactions.size() > 1 && !PackageForm.isChildWithParentsTree(transactions)) {
      throw new RpcException(
          RpcErrorCode.VERIFY_ERROR,
          "package topology disallowed. not child-with-parents or parents depend on each other.");
    }
    Optional<FeeRate> highest = maximum.satPerKvb() == 0 ? Optional.empty() : Optional.of(maximum);
    return answer(transactions, calls.call(() -> mempool.submit(transactions, highest)));
  }

  private static JsonNode answer(List<Transaction> transactions, PackageResult result) {
    ObjectNode json = Json.object();
    json.put("package_msg", result.fault().map(PackageResult.Fault::toString).orElse("success"));
    ObjectNode outcomes = json.putObject("tx-results");
    Set<Txid> replaced = new LinkedHashSet<>();
    for (Transaction transaction : transactions) {
      ObjectNode outcome = outcomes.putObject(transaction.wtxid().toString());
      outcome.put("txid", transaction.txid().toString());
      describe(result.outcomes().get(transaction.wtxid()), outcome);
      if (result.outcomes().get(transaction.wtxid()) instanceof Outcome.Accepted accepted) {
        accepted.replaced().forEach(old -> replaced.add(old.txid()));
      }
    }
    ArrayNode gone = json.putArray("replaced-transactions");
    replaced.forEach(txid -> gone.add(txid.toString()));
    return json;
  }

  private static void describe(Outcome outcome, ObjectNode json) {
    if (outcome == null) {
      json.put("error", NOT_VALIDATED);
    } else if (outcome instanceof Outcome.WaitsOtherwise other) {
      json.put("other-wtxid", other.entry().wtxid().toString());
    } else if (outcome instanceof Outcome.Failed failed) {
      json.put("error", failed.result().toString());
    } else if (outcome instanceof Outcome.Waits waits) {
      PackageJson.describe(waits.entry(), json);
    } else if (outcome instanceof Outcome.Accepted accepted) {
      ObjectNode fees = PackageJson.describe(accepted.entry(), json);
      fees.set("effective-feerate", Json.amount(accepted.rate().satPerKvb()));
      ArrayNode includes = fees.putArray("effective-includes");
      accepted.countedWith().forEach(wtxid -> includes.add(wtxid.toString()));
    }
  }
}
