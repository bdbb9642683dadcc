package org.farthing.node.rpc.method.blockchain;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.consensus.chain.ChainVerification;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.BranchesPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code verifychain}. */
public final class VerifyChain implements RpcMethod {
  private static final Param<Integer> LEVEL =
      Param.integer(
              "checklevel",
              "How thoroughly, from 0 to 4: blocks can be read, obey the rules that need no coins,"
                  + " have undo data, agree with the coins, connect again")
          .or(ChainVerification.DEFAULT_LEVEL);
  private static final Param<Integer> BLOCKS =
      Param.integer("nblocks", "How many blocks, from the tip downwards; 0: all")
          .or(ChainVerification.DEFAULT_BLOCKS);

  private static final MethodSpec SPEC =
      MethodSpec.of("verifychain", Category.BLOCKCHAIN, "Checks stored blocks again.")
          .takes(LEVEL, BLOCKS)
          .returns(Result.flag("", "All is well; if false, the log says why"))
          .example("");

  private final BranchesPort branches;
  private final NodeCalls calls;

  public VerifyChain(BranchesPort branches, NodeCalls calls) {
    this.branches = branches;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    int level = request.get(LEVEL);
    int blocks = request.get(BLOCKS);
    return Json.flag(calls.call(() -> branches.verify(level, blocks)).isSound());
  }
}
