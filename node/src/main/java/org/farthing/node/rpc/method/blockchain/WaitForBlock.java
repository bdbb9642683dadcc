package org.farthing.node.rpc.method.blockchain;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.node.rpc.call.Pace;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;

/** {@code waitforblock}. */
public final class WaitForBlock implements RpcMethod {
  private static final Param<BlockHash> HASH =
      Param.blockHash("blockhash", "The block to wait for");

  private static final MethodSpec SPEC =
      MethodSpec.of("waitforblock", Category.BLOCKCHAIN, "Waits until this block is the tip.")
          .takes(HASH, TipWait.TIMEOUT)
          .returns(TipWait.TIP)
          .example("\"0000000000079f8ef3d2c688c244eb7a4570b24c9ed7b4a8c619eb02596f8862\" 1000");

  private final ChainPort chain;

  public WaitForBlock(ChainPort chain) {
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
    BlockHash wanted = request.get(HASH);
    return TipWait.await(chain, tip -> tip.hash().equals(wanted), TipWait.timeoutMillis(request));
  }
}
