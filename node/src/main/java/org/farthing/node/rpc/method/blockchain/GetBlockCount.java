package org.farthing.node.rpc.method.blockchain;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;

/** {@code getblockcount}. */
public final class GetBlockCount implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getblockcount",
              Category.BLOCKCHAIN,
              "Returns the height of the last block of the active chain. The genesis block has height 0.")
          .returns(Result.number("", "the height"))
          .example("");

  private final ChainPort chain;

  public GetBlockCount(ChainPort chain) {
    this.chain = chain;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    return Json.number(chain.snapshot().height());
  }
}
