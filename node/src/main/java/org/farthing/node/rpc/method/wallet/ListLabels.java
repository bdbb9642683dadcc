package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code listlabels}. */
public final class ListLabels implements RpcMethod {
  private static final Set<String> PURPOSES = Set.of("", "receive", "send", "refund");

  private static final Param<String> PURPOSE =
      Param.text("purpose", "Only of the wallet's addresses (receive) or of others' (send)").or("");

  private static final MethodSpec SPEC =
      MethodSpec.of("listlabels", Category.WALLET, "Returns the names that addresses have.")
          .takes(PURPOSE)
          .returns(Result.array("", "in alphabetical order", Result.text("label", "")))
          .example("")
          .example("\"receive\"");

  private final WalletAccess wallets;

  public ListLabels(WalletAccess wallets) {
    this.wallets = wallets;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    String purpose = request.get(PURPOSE);
    if (!PURPOSES.contains(purpose)) {
      throw RpcException.invalidParameter(
          "Invalid 'purpose' argument, must be a known purpose string, typically 'send', or"
              + " 'receive'.");
    }
    return wallets.ask(
        request,
        wallet -> {
          Set<String> labels = new TreeSet<>();
          wallet
              .addresses()
              .book()
              .forEach(
                  (address, label) -> {
                    if (purpose.isEmpty() || purpose.equals(Labels.purpose(address, wallet))) {
                      labels.add(label);
                    }
                  });
          return Json.strings(labels);
        });
  }
}
