package org.farthing.node.rpc.method.mining;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.Decode;
import org.farthing.node.rpc.port.BranchesPort;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code submitheader}. */
public final class SubmitHeader implements RpcMethod {
  private static final Param<String> HEX = Param.text("hexdata", "The header in hex");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "submitheader",
              Category.MINING,
              "Hands a header to the chain; answers with an error if it breaks a rule.")
          .takes(HEX)
          .returns(Result.nothing())
          .example("\"aabbcc\"");

  private final ChainPort chain;
  private final BranchesPort branches;
  private final NodeCalls calls;

  public SubmitHeader(ChainPort chain, BranchesPort branches, NodeCalls calls) {
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
    BlockHeader header = Decode.header(request.get(HEX));
    if (chain.snapshot().chain().header(header.previous()).isEmpty()) {
      throw new RpcException(
          RpcErrorCode.VERIFY_ERROR,
          "Must submit previous header (" + header.previous() + ") first");
    }
    Verdict verdict = calls.call(() -> branches.submit(header));
    if (verdict instanceof Verdict.Rejected rejected) {
      throw new RpcException(RpcErrorCode.VERIFY_ERROR, rejected.label());
    }
    return Json.nothing();
  }
}
