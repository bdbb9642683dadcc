package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;

/** {@code listreceivedbylabel}. */
public final class ListReceivedByLabel implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of(
              "listreceivedbylabel",
              Category.WALLET,
              "Returns what the addresses of each name have received, whether spent since or not.")
          .takes(Received.MIN_CONF, Received.EMPTY, Received.WATCH_ONLY, Received.IMMATURE)
          .returns(
              Result.array(
                  "",
                  "",
                  Result.object(
                      "",
                      "",
                      Result.amount("amount", "coins"),
                      Result.number("confirmations", "of the latest transaction"),
                      Result.text("label", "the owner's name for the addresses; may be empty"))))
          .example("")
          .example("6 true");

  private final WalletAccess wallets;

  public ListReceivedByLabel(WalletAccess wallets) {
    this.wallets = wallets;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    return wallets.ask(
        request,
        wallet -> {
          Map<String, Received.Tally> byLabel = new TreeMap<>();
          Received.byAddress(wallet, request.get(Received.MIN_CONF), request.get(Received.IMMATURE))
              .forEach(
                  (address, tally) -> {
                    if (request.get(Received.EMPTY) || !tally.txids().isEmpty()) {
                      byLabel
                          .computeIfAbsent(
                              wallet.addresses().label(address), label -> new Received.Tally())
                          .add(tally);
                    }
                  });
          ArrayNode lines = Json.array();
          byLabel.forEach((label, tally) -> lines.add(line(label, tally)));
          return lines;
        });
  }

  private static ObjectNode line(String label, Received.Tally tally) {
    ObjectNode line = Json.object();
    line.set("amount", Json.amount(tally.amountSat()));
    line.put("confirmations", tally.confirmations());
    return line.put("label", label);
  }
}
