package org.farthing.node.rpc.method.psbt;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.PsbtJson;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;

/** {@code decodepsbt}. */
public final class DecodePsbt implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of(
              "decodepsbt",
              Category.RAW_TRANSACTIONS,
              "Shows what is in a partially signed transaction.")
          .takes(PsbtParams.PSBT)
          .returns(PsbtShapes.DECODED)
          .example("\"psbt\"");

  private final PsbtJson psbts;

  public DecodePsbt(ChainPort chain) {
    this.psbts = new PsbtJson(chain.params().network());
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    return psbts.of(PsbtParams.one(request));
  }
}
