package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.address.Address;

/** {@code getreceivedbyaddress}. */
public final class GetReceivedByAddress implements RpcMethod {
  private static final Param<String> WHAT = Param.text("address", "The address");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getreceivedbyaddress", Category.WALLET, "Returns what an address has received.")
          .takes(WHAT, Received.MIN_CONF, Received.IMMATURE)
          .returns(Result.amount("", "coins"))
          .example("\"address\" 6");

  private final WalletAccess wallets;

  public GetReceivedByAddress(WalletAccess wallets) {
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
          List<Address> addresses = List.of(Labels.address(request.get(WHAT), wallet));
          return Json.amount(
              Received.of(
                  wallet,
                  addresses,
                  request.get(Received.MIN_CONF),
                  request.get(Received.IMMATURE)));
        });
  }
}
