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
import org.farthing.wallet.Wallet;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.encoding.Base64Text;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.message.SignedMessage;

/** {@code signmessage}. */
public final class SignMessage implements RpcMethod {
  private static final Param<String> ADDRESS =
      Param.text("address", "A legacy address of the wallet");
  private static final Param<String> MESSAGE = Param.text("message", "The text");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "signmessage", Category.WALLET, "Signs a text with the key of an address (BIP137).")
          .takes(ADDRESS, MESSAGE)
          .returns(Result.text("signature", "in base 64"))
          .example("\"address\" \"my message\"");

  private final WalletAccess wallets;

  public SignMessage(WalletAccess wallets) {
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
          wallet.locking().expectUnlocked();
          Address address = signer(request.get(ADDRESS), wallet);
          return wallet
              .signing()
              .withKeysOf(
                  List.of(address.toScript()),
                  keys ->
                      keys.privateKeyOf(address)
                          .map(key -> SignedMessage.sign(key, request.get(MESSAGE)))
                          .map(signature -> Json.text(Base64Text.encode(signature)))
                          .orElseThrow(
                              () ->
                                  new RpcException(
                                      RpcErrorCode.INVALID_ADDRESS_OR_KEY,
                                      "Private key not available")));
        });
  }

  private static Address signer(String text, Wallet wallet) {
    Address address;
    try {
      address = Address.parse(text, wallet.network());
    } catch (WalletException e) {
      throw new RpcException(RpcErrorCode.INVALID_ADDRESS_OR_KEY, "Invalid address");
    }
    if (!(address instanceof Address.P2pkh)) {
      throw RpcException.typeError("Address does not refer to key");
    }
    return address;
  }
}
