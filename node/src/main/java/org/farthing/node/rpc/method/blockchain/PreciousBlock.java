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

/** {@code preciousblock}. */
public final class PreciousBlock implements RpcMethod {
  private static final Param<BlockHash> HASH = Param.blockHash("blockhash", "The block to prefer");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "preciousblock",
              Category.BLOCKCHAIN,
              "Treats a block as if it had come before others with the same work, until another call, growth of the chain or a restart.")
          .takes(HASH)
          .returns(Result.nothing())
          .example("\"blockhash\"");

  private final ChainPort chain;
  private final BranchesPort branches;
  private final NodeCalls calls;

  public PreciousBlock(ChainPort chain, BranchesPort branches, NodeCalls calls) {
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
    calls.run(() -> branches.prefer(block));
    return Json.nothing();
  }
}
