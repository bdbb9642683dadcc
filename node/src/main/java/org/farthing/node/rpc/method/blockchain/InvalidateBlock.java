package org.farthing.node.rpc.method.blockchain;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.ChainLookup;
import org.farthing.node.rpc.port.BranchesPort;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code invalidateblock}. */
public final class InvalidateBlock implements RpcMethod {
  private static final Param<BlockHash> HASH =
      Param.blockHash("blockhash", "The block to treat as invalid");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "invalidateblock",
              Category.HIDDEN,
              "Marks a block, and all that follow it, as invalid, as if it broke a rule.")
          .takes(HASH)
          .returns(Result.nothing())
          .example("\"blockhash\"");

  private final ChainPort chain;
  private final BranchesPort branches;
  private final NodeCalls calls;

  public InvalidateBlock(ChainPort chain, BranchesPort branches, NodeCalls calls) {
    this.chain = chain;
    this.branches = branches;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    HeaderNode block = ChainLookup.header(chain.snapshot(), request.get(HASH));
    calls.run(() -> branches.invalidate(block));
    return Json.nothing();
  }
}
