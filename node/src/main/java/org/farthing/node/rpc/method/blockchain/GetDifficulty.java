package org.farthing.node.rpc.method.blockchain;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.json.Targets;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;

/** {@code getdifficulty}. */
public final class GetDifficulty implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getdifficulty",
              Category.BLOCKCHAIN,
              "Returns how much harder the tip's target is than the easiest of Bitcoin's main"
                  + " network.")
          .returns(Result.decimal("", "the difficulty"))
          .example("");

  private final ChainPort chain;

  public GetDifficulty(ChainPort chain) {
    this.chain = chain;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    return Json.number(Targets.difficulty(chain.snapshot().tip().header().bits()));
  }
}
