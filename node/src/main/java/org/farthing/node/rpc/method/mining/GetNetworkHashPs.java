package org.farthing.node.rpc.method.mining;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code getnetworkhashps}. */
public final class GetNetworkHashPs implements RpcMethod {
  private static final Param<Integer> BLOCKS =
      Param.integer("nblocks", "How many blocks to look at; -1 for those since the last new target")
          .or(NetworkHashRate.BLOCKS);
  private static final Param<Integer> HEIGHT =
      Param.integer("height", "Of the last of them; -1 for the tip").or(-1);

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getnetworkhashps",
              Category.MINING,
              "Returns about how many hashes the whole network tries each second.")
          .takes(BLOCKS, HEIGHT)
          .returns(Result.decimal("", "hashes per second"))
          .example("");

  private final ChainPort chain;

  public GetNetworkHashPs(ChainPort chain) {
    this.chain = chain;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    int blocks = request.get(BLOCKS);
    if (blocks < -1 || blocks == 0) {
      throw RpcException.invalidParameter("Invalid nblocks. Must be a positive number or -1.");
    }
    HeaderNode tip = chain.snapshot().tip();
    int height = request.get(HEIGHT);
    if (height < -1 || height > tip.height()) {
      throw RpcException.invalidParameter("Block does not exist at specified height");
    }
    HeaderNode last = height == -1 ? tip : tip.ancestor(height);
    int count =
        blocks == -1 ? NetworkHashRate.sinceLastChange(last, chain.params().difficulty()) : blocks;
    return Json.number(NetworkHashRate.perSecond(last, count));
  }
}
