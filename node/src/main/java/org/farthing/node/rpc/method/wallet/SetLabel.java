package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code setlabel}. */
public final class SetLabel implements RpcMethod {
  private static final Param<String> ADDRESS = Param.text("address", "The address");
  private static final Param<String> LABEL =
      Param.text("label", "The owner's name for it; empty for none");

  private static final MethodSpec SPEC =
      MethodSpec.of("setlabel", Category.WALLET, "Gives an address a name.")
          .takes(ADDRESS, LABEL)
          .returns(Result.nothing())
          .example("\"address\" \"from bob\"");

  private final WalletAccess wallets;

  public SetLabel(WalletAccess wallets) {
    this.wallets = wallets;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    String label = Labels.checked(request.get(LABEL));
    return wallets.ask(
        request,
        wallet -> {
          wallet.addresses().setLabel(Labels.address(request.get(ADDRESS), wallet), label);
          return Json.nothing();
        });
  }
}
