package org.farthing.node.rpc.method.util;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.consensus.params.Network;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.Decode;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.encoding.Base64Text;
import org.farthing.wallet.message.SignedMessage;

/** {@code signmessagewithprivkey}. */
public final class SignMessageWithPrivKey implements RpcMethod {
  private static final Param<String> KEY =
      Param.text("privkey", "The private key to sign with, in its import format");
  private static final Param<String> MESSAGE = Param.text("message", "The text to be signed");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "signmessagewithprivkey",
              Category.UTIL,
              "Signs a text with a private key, so that verifymessage can check it with the P2PKH"
                  + " address of the key.")
          .takes(KEY, MESSAGE)
          .returns(Result.text("", "the signature in base 64"))
          .example("\"privkey\" \"my message\"");

  private final Network network;

  public SignMessageWithPrivKey(ChainPort chain) {
    this.network = chain.params().network();
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    byte[] signature =
        SignedMessage.sign(Decode.privateKey(request.get(KEY), network), request.get(MESSAGE));
    return Json.text(Base64Text.encode(signature));
  }
}
