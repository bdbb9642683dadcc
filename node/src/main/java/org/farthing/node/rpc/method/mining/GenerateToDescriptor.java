package org.farthing.node.rpc.method.mining;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.consensus.primitives.Script;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.method.Descriptors;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.MiningPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code generatetodescriptor}. */
public final class GenerateToDescriptor implements RpcMethod {
  private static final Param<Integer> COUNT = Param.integer("num_blocks", "How many blocks");
  private static final Param<String> DESCRIPTOR =
      Param.text("descriptor", "Of the script that gets the new coins");
  private static final Param<Long> MAX_TRIES =
      Param.number("maxtries", "Hashes to try at most; on regtest 1000000 if missing").orNothing();

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "generatetodescriptor",
              Category.MINING,
              "Mines blocks at once, and returns when they are in the chain.")
          .takes(COUNT, DESCRIPTOR, MAX_TRIES)
          .returns(Result.array("", "", Result.hex("", "the block hash")))
          .example("11 \"mydesc\"");

  private final ChainPort chain;
  private final MiningPort mining;
  private final BlockMaker maker;

  public GenerateToDescriptor(ChainPort chain, MiningPort mining, NodeCalls calls) {
    this.chain = chain;
    this.mining = mining;
    this.maker = new BlockMaker(chain, calls);
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Script payout =
        Descriptors.payout(Descriptors.parse(request.get(DESCRIPTOR), chain.params().network()));
    return maker.generate(
        () -> mining.template(payout), request.get(COUNT), request.find(MAX_TRIES));
  }
}
