package org.farthing.node.rpc.method.mining;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.consensus.primitives.Script;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.Decode;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.MiningPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code setmining}: Farthing's own way to start and stop the miner of a running node. */
public final class SetMining implements RpcMethod {
  private static final int MAX_THREADS = 1024;

  private static final Param<Integer> THREADS =
      Param.integer("threads", "Threads that search for blocks; 0 stops them");
  private static final Param<String> ADDRESS =
      Param.text("address", "The address that gets the new coins; not needed to stop").orNothing();

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "setmining",
              Category.MINING,
              "Lets the node mine on and on, or stops that. (Bitcoin Core has no such method.)")
          .ofFarthing()
          .takes(THREADS, ADDRESS)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.flag("mining", "whether the node mines now"),
                  Result.number("threads", "threads that search")))
          .example("1 \"address\"")
          .example("0");

  private final ChainPort chain;
  private final MiningPort mining;
  private final NodeCalls calls;

  public SetMining(ChainPort chain, MiningPort mining, NodeCalls calls) {
    this.chain = chain;
    this.mining = mining;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    int threads = request.get(THREADS);
    if (threads < 0 || threads > MAX_THREADS) {
      throw RpcException.invalidParameter("threads must be from 0 to " + MAX_THREADS);
    }
    if (threads == 0) {
      calls.run(mining::stop);
    } else {
      String address =
          request
              .find(ADDRESS)
              .orElseThrow(
                  () -> RpcException.invalidParameter("address is needed to start mining"));
      Script payout = Decode.address(address, chain.params().network()).toScript();
      calls.run(() -> mining.start(threads, payout));
    }
    return Json.object().put("mining", threads > 0).put("threads", threads);
  }
}
