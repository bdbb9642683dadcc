package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

/** {@code getaddressesbylabel}. */
public final class GetAddressesByLabel implements RpcMethod {
  private static final Param<String> LABEL = Param.text("label", "The owner's name for them");

  private static final MethodSpec SPEC =
      MethodSpec.of("getaddressesbylabel", Category.WALLET, "Returns the addresses of a name.")
          .takes(LABEL)
          .returns(
              Result.map(
                  "",
                  "by address",
                  Result.object(
                      "address",
                      "",
                      Result.text("purpose", "receive, or send for an address of others"))))
          .example("\"from bob\"");

  private final WalletAccess wallets;

  public GetAddressesByLabel(WalletAccess wallets) {
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
          ObjectNode json = Json.object();
          for (Address address : Labels.addresses(label, wallet)) {
            json.putObject(address.toString()).put("purpose", Labels.purpose(address, wallet));
          }
          if (json.isEmpty()) {
            throw new RpcException(
                RpcErrorCode.WALLET_INVALID_LABEL_NAME, "No addresses with label " + label);
          }
          return json;
        });
  }
}
