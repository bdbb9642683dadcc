package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.address.Address;

/** {@code getreceivedbylabel}. */
public final class GetReceivedByLabel implements RpcMethod {
  private static final Param<String> WHAT =
      Param.text("label", "The owner's name for them; may be empty");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getreceivedbylabel",
              Category.WALLET,
              "Returns what the addresses of a name have received.")
          .takes(WHAT, Received.MIN_CONF, Received.IMMATURE)
          .returns(Result.amount("", "coins"))
          .example("\"label\" 6");

  private final WalletAccess wallets;

  public GetReceivedByLabel(WalletAccess wallets) {
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
          List<Address> addresses = Labels.addresses(Labels.checked(request.get(WHAT)), wallet);
          if (addresses.isEmpty()) {
            throw new RpcException(RpcErrorCode.WALLET_ERROR, "Label not found in wallet");
          }
          return Json.amount(
              Received.of(
                  wallet,
                  addresses,
                  request.get(Received.MIN_CONF),
                  request.get(Received.IMMATURE)));
        });
  }
}
