package org.farthing.node.rpc.method.blockchain;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;

/** {@code getbestblockhash}. */
public final class GetBestBlockHash implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getbestblockhash",
              Category.BLOCKCHAIN,
              "Returns the hash of the last block of the active chain.")
          .returns(Result.hex("", "the block hash"))
          .example("");

  private final ChainPort chain;

  public GetBestBlockHash(ChainPort chain) {
    this.chain = chain;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    return Json.text(chain.snapshot().tip().hash());
  }
}
