package org.farthing.node.rpc.method.mining;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.mining.Foreman;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.port.MiningPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;

/** {@code orderblocks}: blocks of the node's miner, whatever its policy says. */
public final class OrderBlocks implements RpcMethod {
  private static final Param<Integer> COUNT = Param.integer("num_blocks", "How many").or(1);

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "orderblocks",
              Category.MINING,
              """
              Lets the node's miner, which is on, make some blocks as soon as it can, whatever its
              policy says. Returns at once; 'ordered' tells how many are still to come. (Bitcoin
              Core has no such method.)\
              """)
          .ofFarthing()
          .takes(COUNT)
          .returns(MinerState.SHAPE)
          .example("3");

  private final MiningPort mining;
  private final NodeCalls calls;

  public OrderBlocks(MiningPort mining, NodeCalls calls) {
    this.mining = mining;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    int count = request.get(COUNT);
    if (count < 1 || count > Foreman.MOST_ORDERED) {
      throw RpcException.invalidParameter("num_blocks must be from 1 to " + Foreman.MOST_ORDERED);
    }
    calls.run(() -> mining.order(count));
    return MinerState.json(mining.status());
  }
}
