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

/** {@code getrawchangeaddress}. */
public final class GetRawChangeAddress implements RpcMethod {
  private static final Param<String> TYPE = AddressTypes.param("as -changetype says");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getrawchangeaddress",
              Category.WALLET,
              "Returns an address for change that was never used.")
          .takes(TYPE)
          .returns(Result.text("", "the address"))
          .example("");

  private final WalletAccess wallets;

  public GetRawChangeAddress(WalletAccess wallets) {
    this.wallets = wallets;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Optional<AddressType> type = AddressTypes.of(request, TYPE);
    return Json.text(
        wallets.ask(
            request,
            wallet ->
                type.isPresent()
                    ? wallet.addresses().newChange(type.get())
                    : wallet.addresses().newChange()));
  }
}
