package org.farthing.node.rpc.method.blockchain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Comparator;
import java.util.List;
import org.farthing.consensus.chain.ChainTip;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.BranchesPort;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;

/** {@code getchaintips}. */
public final class GetChainTips implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getchaintips",
              Category.BLOCKCHAIN,
              "Returns the ends of all known branches, the active chain among them.")
          .returns(
              Result.array(
                  "",
                  "",
                  Result.object(
                      "",
                      "",
                      Result.number("height", "of the end"),
                      Result.hex("hash", "of the end"),
                      Result.number("branchlen", "blocks that the active chain does not have"),
                      Result.text(
                          "status", "active, valid-fork, valid-headers, headers-only or invalid"))))
          .example("");

  private final ChainPort chain;
  private final BranchesPort branches;
  private final NodeCalls calls;

  public GetChainTips(ChainPort chain, BranchesPort branches, NodeCalls calls) {
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
    List<ChainTip> tips = calls.call(branches::tips);
    HeaderNode active = chain.snapshot().tip();
    ArrayNode json = Json.array();
    tips.stream()
        .sorted(Comparator.comparingInt((ChainTip tip) -> tip.node().height()).reversed())
        .forEach(
            tip ->
                json.addObject()
                    .put("height", tip.node().height())
                    .put("hash", tip.node().hash().toString())
                    .put("branchlen", tip.node().height() - tip.node().forkWith(active).height())
                    .put("status", tip.status().label()));
    return json;
  }
}
