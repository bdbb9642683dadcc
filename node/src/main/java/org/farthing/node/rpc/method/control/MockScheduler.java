package org.farthing.node.rpc.method.control;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.consensus.params.Difficulty;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code mockscheduler}. */
public final class MockScheduler implements RpcMethod {
  private static final int MAX_SECONDS = 3600;

  private static final Param<Long> DELTA =
      Param.number("delta_time", "Seconds by which to move the timers, from 1 to 3600");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "mockscheduler",
              Category.HIDDEN,
              "Moves the node's periodic tasks on (only where difficulty never changes).")
          .takes(DELTA)
          .returns(Result.nothing())
          .example("60");

  private final ChainPort chain;
  private final NodePort node;
  private final NodeCalls calls;

  public MockScheduler(ChainPort chain, NodePort node, NodeCalls calls) {
    this.chain = chain;
    this.node = node;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    if (!(chain.params().difficulty() instanceof Difficulty.Fixed)) {
      throw RpcException.misc("mockscheduler is for regression testing (-regtest mode) only");
    }
    long seconds = request.get(DELTA);
    if (seconds <= 0 || seconds > MAX_SECONDS) {
      throw RpcException.misc("delta_time must be between 1 and 3600 seconds (1 hr)");
    }
    calls.run(() -> node.advanceTimers(seconds));
    return Json.nothing();
  }
}
