package org.farthing.node.rpc.method.psbt;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.SecureRandom;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.psbt.PsbtCodec;
import org.farthing.wallet.psbt.PsbtException;
import org.farthing.wallet.psbt.PsbtJoiner;

/** {@code joinpsbts}. */
public final class JoinPsbts implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of(
              "joinpsbts",
              Category.RAW_TRANSACTIONS,
              "Makes one transaction of several that spend different outputs, with the inputs and"
                  + " outputs of all of them in random order. All must be of version 0.")
          .takes(PsbtParams.SEVERAL)
          .returns(Result.text("", "the partially signed transaction in base 64"))
          .example("'[\"mybase64_1\", \"mybase64_2\"]'");

  private final SecureRandom random = new SecureRandom();

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    if (request.get(PsbtParams.SEVERAL).size() < 2) {
      throw RpcException.invalidParameter("At least two PSBTs are required to join PSBTs.");
    }
    try {
      return Json.text(PsbtCodec.format(PsbtJoiner.join(PsbtParams.several(request), random)));
    } catch (PsbtException e) {
      throw RpcException.invalidParameter(e.getMessage());
    }
  }
}
