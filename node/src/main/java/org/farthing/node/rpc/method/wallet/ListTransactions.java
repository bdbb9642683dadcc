package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.TransactionDetails;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.history.Movement;

/** {@code listtransactions}. */
public final class ListTransactions implements RpcMethod {
  private static final int DEFAULT_COUNT = 10;

  private static final Param<String> LABEL =
      Param.text("label", "Only payments to addresses with this label; \"*\" for all")
          .or("*")
          .alias("dummy");
  private static final Param<Integer> COUNT = Param.integer("count", "At most").or(DEFAULT_COUNT);
  private static final Param<Integer> SKIP =
      Param.integer("skip", "So many of the latest are left out").or(0);
  private static final Param<Boolean> WATCH_ONLY =
      Param.flag("include_watchonly", "Accepted and without effect").orNothing();

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "listtransactions",
              Category.WALLET,
              "Returns the latest movements of the wallet, the oldest of them first.")
          .takes(LABEL, COUNT, SKIP, WATCH_ONLY)
          .returns(Result.array("", "", TransactionJson.lineShape()))
          .example("\"*\" 20 100");

  private final WalletAccess wallets;
  private final NodePort node;

  public ListTransactions(WalletAccess wallets, NodePort node) {
    this.wallets = wallets;
    this.node = node;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    int count = request.get(COUNT);
    int skip = request.get(SKIP);
    if (count < 0) {
      throw RpcException.invalidParameter("Negative count");
    }
    if (skip < 0) {
      throw RpcException.invalidParameter("Negative from");
    }
    String label = request.get(LABEL);
    if (label.isEmpty()) {
      throw RpcException.invalidParameter("Label argument must be a valid label name or \"*\".");
    }
    TransactionJson transactions = TransactionJson.of(node);
    return wallets.ask(
        request,
        wallet -> {
          List<ObjectNode> latest =
              new ArrayList<>(
                  wallet
                      .history()
                      .transactions()
                      .flatMap(details -> lines(wallet, details, transactions).stream())
                      .filter(entry -> label.equals("*") || isReceivedBy(label, entry))
                      .skip(skip)
                      .limit(count)
                      .toList());
          Collections.reverse(latest);
          return Json.array().addAll(latest);
        });
  }

  /** The latest first, as the transactions are. */
  private static List<ObjectNode> lines(
      Wallet wallet, TransactionDetails details, TransactionJson transactions) {
    List<ObjectNode> lines = new ArrayList<>();
    for (Movement movement : details.movements()) {
      lines.add(transactions.line(wallet, details, movement));
    }
    Collections.reverse(lines);
    return lines;
  }

  /** Whether a line of the history is a payment to an address of this name. */
  static boolean isReceivedBy(String label, ObjectNode entry) {
    boolean sent = entry.path("category").asText().equals(Movement.Category.SEND.label());
    return !sent && label.equals(entry.path("label").asText(null));
  }
}
