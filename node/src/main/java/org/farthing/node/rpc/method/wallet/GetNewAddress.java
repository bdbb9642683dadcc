package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.address.AddressType;

/** {@code getnewaddress}. */
public final class GetNewAddress implements RpcMethod {
  private static final Param<String> LABEL =
      Param.text("label", "The owner's name for the address").or("");
  private static final Param<String> TYPE = AddressTypes.param("as -addresstype says");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getnewaddress", Category.WALLET, "Returns an address that was never given away.")
          .takes(LABEL, TYPE)
          .returns(Result.text("", "the address"))
          .example("\"from bob\"");

  private final WalletAccess wallets;

  public GetNewAddress(WalletAccess wallets) {
    this.wallets = wallets;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    String label = Labels.checked(request.get(LABEL));
    Optional<AddressType> type = AddressTypes.of(request, TYPE);
    return Json.text(
        wallets.ask(
            request,
            wallet ->
                type.isPresent()
                    ? wallet.addresses().newReceive(label, type.get())
                    : wallet.addresses().newReceive(label)));
  }
}
