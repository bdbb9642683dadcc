package org.farthing.node.rpc.method.blockchain;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.node.rpc.call.Pace;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;

/** {@code waitfornewblock}. */
public final class WaitForNewBlock implements RpcMethod {
  private static final Param<BlockHash> CURRENT =
      Param.blockHash(
              "current_tip", "Waits for a tip that is not this one; the present one if missing")
          .orNothing();

  private static final MethodSpec SPEC =
      MethodSpec.of("waitfornewblock", Category.BLOCKCHAIN, "Waits until the tip is another one.")
          .takes(TipWait.TIMEOUT, CURRENT)
          .returns(TipWait.TIP)
          .example("1000");

  private final ChainPort chain;

  public WaitForNewBlock(ChainPort chain) {
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
    OptionalLong timeoutMillis = TipWait.timeoutMillis(request);
    BlockHash known = request.find(CURRENT).orElseGet(() -> chain.snapshot().tip().hash());
    return TipWait.await(chain, tip -> !tip.hash().equals(known), timeoutMillis);
  }
}
