package org.farthing.node.rpc.method.blockchain;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.rpc.call.Pace;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;

/** {@code waitforblockheight}. */
public final class WaitForBlockHeight implements RpcMethod {
  private static final Param<Integer> HEIGHT = Param.integer("height", "The height to wait for");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "waitforblockheight",
              Category.BLOCKCHAIN,
              "Waits until the tip has this height at least.")
          .takes(HEIGHT, TipWait.TIMEOUT)
          .returns(TipWait.TIP)
          .example("100 1000");

  private final ChainPort chain;

  public WaitForBlockHeight(ChainPort chain) {
    this.chain = chain;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public Pace pace(RpcRequest request) {
    return Pace.WAITING;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    int wanted = request.get(HEIGHT);
    return TipWait.await(chain, tip -> tip.height() >= wanted, TipWait.timeoutMillis(request));
  }
}
