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

/** {@code reconsiderblock}. */
public final class ReconsiderBlock implements RpcMethod {
  private static final Param<BlockHash> HASH =
      Param.blockHash("blockhash", "The block to check again");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "reconsiderblock",
              Category.HIDDEN,
              "Takes the mark of invalidity from a block, those before it and those after it, and checks them again; undoes invalidateblock.")
          .takes(HASH)
          .returns(Result.nothing())
          .example("\"blockhash\"");

  private final ChainPort chain;
  private final BranchesPort branches;
  private final NodeCalls calls;

  public ReconsiderBlock(ChainPort chain, BranchesPort branches, NodeCalls calls) {
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
    calls.run(() -> branches.reconsider(block));
    return Json.nothing();
  }
}
