package org.farthing.node.rpc.method.mining;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.consensus.chain.BlockStatus;
import org.farthing.consensus.chain.ChainReader;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.params.Deployment;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.validation.Verdict;
import org.farthing.consensus.validation.WitnessCommitment;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.Decode;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code submitblock}. */
public final class SubmitBlock implements RpcMethod {
  private static final Param<String> HEX = Param.text("hexdata", "The block in hex");
  private static final Param<String> DUMMY =
      Param.text("dummy", "Ignored, as BIP-0022 says").orNothing();

  private static final MethodSpec SPEC =
      MethodSpec.of("submitblock", Category.MINING, "Hands a block to the chain (BIP-0022).")
          .takes(HEX, DUMMY)
          .returns(Result.nothing().as("", "if it is accepted"))
          .returns(Result.text("", "otherwise: the reason"))
          .example("\"mydata\"");

  private final ChainPort chain;
  private final NodeCalls calls;

  public SubmitBlock(ChainPort chain, NodeCalls calls) {
    this.chain = chain;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Block block = withReservedValue(Decode.block(request.get(HEX)));
    BlockStatus before = status(block.hash());
    if (before.isStored() && !before.isFailed()) {
      return Json.text("duplicate");
    }
    Verdict verdict = calls.call(() -> chain.submit(block));
    if (verdict instanceof Verdict.Rejected rejected) {
      return Json.text(rejected.label());
    }
    ChainSnapshot now = chain.snapshot();
    boolean active = now.chain().header(block.hash()).filter(now::isActive).isPresent();
    // What was pruned and is stored again has been connected long ago.
    return active && !before.isPruned() ? Json.nothing() : Json.text("inconclusive");
  }

  private BlockStatus status(BlockHash hash) {
    ChainReader reader = chain.snapshot().chain();
    return reader.header(hash).map(reader::status).orElse(BlockStatus.HEADER_ONLY);
  }

  /** Miners may leave out the witness of a coinbase that commits to the usual reserved value. */
  private Block withReservedValue(Block block) {
    boolean segwit =
        chain
            .snapshot()
            .chain()
            .header(block.header().previous())
            .filter(parent -> chain.params().isActive(Deployment.SEGWIT, parent.height() + 1))
            .isPresent();
    return segwit ? WitnessCommitment.withReservedValue(block) : block;
  }
}
