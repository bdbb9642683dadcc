package org.farthing.node.rpc.method.mining;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.config.MinerPolicy;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.port.MiningPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;

/** {@code setminingpolicy}: lets the miner go on by another policy. */
public final class SetMiningPolicy implements RpcMethod {
  private static final Param<Boolean> PAUSE_WHEN_IDLE = MinerState.PAUSE_WHEN_IDLE.or(false);

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "setminingpolicy",
              Category.MINING,
              "Lets the node's miner, which is on, go on by another policy. (Bitcoin Core has no"
                  + " such method.)")
          .ofFarthing()
          .takes(MinerState.POLICY, PAUSE_WHEN_IDLE)
          .returns(MinerState.SHAPE)
          .example("\"interval:10\"")
          .example("\"poisson:600:42\" true");

  private final MiningPort mining;
  private final NodeCalls calls;

  public SetMiningPolicy(MiningPort mining, NodeCalls calls) {
    this.mining = mining;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    MinerPolicy policy = request.get(MinerState.POLICY);
    boolean pauseWhenIdle = request.get(PAUSE_WHEN_IDLE);
    calls.run(() -> mining.change(policy, pauseWhenIdle));
    return MinerState.json(mining.status());
  }
}
