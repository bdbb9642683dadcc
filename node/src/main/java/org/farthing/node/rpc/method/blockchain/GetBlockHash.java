package org.farthing.node.rpc.method.blockchain;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.ChainLookup;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code getblockhash}. */
public final class GetBlockHash implements RpcMethod {
  private static final Param<Integer> HEIGHT = Param.integer("height", "The height");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getblockhash",
              Category.BLOCKCHAIN,
              "Returns the hash of the block at this height of the active chain.")
          .takes(HEIGHT)
          .returns(Result.hex("", "the block hash"))
          .example("1000");

  private final ChainPort chain;

  public GetBlockHash(ChainPort chain) {
    this.chain = chain;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    return Json.text(ChainLookup.atHeight(chain.snapshot(), request.get(HEIGHT)).hash());
  }
}
