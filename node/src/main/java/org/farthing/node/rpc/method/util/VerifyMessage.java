package org.farthing.node.rpc.method.util;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.consensus.params.Network;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.encoding.Base64Text;
import org.farthing.wallet.encoding.EncodingException;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.message.SignedMessage;

/** {@code verifymessage}. */
public final class VerifyMessage implements RpcMethod {
  private static final Param<String> ADDRESS =
      Param.text("address", "The P2PKH address of who should have signed");
  private static final Param<String> SIGNATURE =
      Param.text("signature", "The signature in base 64");
  private static final Param<String> MESSAGE = Param.text("message", "The text that was signed");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "verifymessage", Category.UTIL, "Says whether the owner of an address signed a text.")
          .takes(ADDRESS, SIGNATURE, MESSAGE)
          .returns(Result.flag("", "whether the signature is valid"))
          .example("\"address\" \"signature\" \"my message\"");

  private final Network network;

  public VerifyMessage(ChainPort chain) {
    this.network = chain.params().network();
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Address address;
    try {
      address = Address.parse(request.get(ADDRESS), network);
    } catch (WalletException e) {
      throw new RpcException(RpcErrorCode.INVALID_ADDRESS_OR_KEY, "Invalid address");
    }
    if (!(address instanceof Address.P2pkh owner)) {
      throw RpcException.typeError("Address does not refer to key");
    }
    byte[] signature;
    try {
      signature = Base64Text.decode(request.get(SIGNATURE));
    } catch (EncodingException e) {
      throw RpcException.typeError("Malformed base64 encoding");
    }
    return Json.flag(SignedMessage.verify(owner, signature, request.get(MESSAGE)));
  }
}
