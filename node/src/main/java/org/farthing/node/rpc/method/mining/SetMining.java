package org.farthing.node.rpc.method.mining;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.config.MinerPolicy;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.port.MiningPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;

/** {@code setmining}: Farthing's own way to start and stop the miner of a running node. */
public final class SetMining implements RpcMethod {
  private static final int MAX_THREADS = 1024;

  private static final Param<Integer> THREADS =
      Param.integer("threads", "Threads that search for blocks; 0 stops them");
  private static final Param<String> ADDRESS =
      Param.text(
              "address",
              "Who gets the new coins: an address, a descriptor, or wallet:NAME; if missing, who"
                  + " got them last, or else as the node is configured (the first loaded wallet)")
          .orNothing();
  private static final Param<MinerPolicy> POLICY = MinerState.POLICY.orNothing();
  private static final Param<Boolean> PAUSE_WHEN_IDLE = MinerState.PAUSE_WHEN_IDLE.orNothing();

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "setmining",
              Category.MINING,
              "Turns the node's miner on, or off, or lets it go on in another way. (Bitcoin Core"
                  + " has no such method.)")
          .ofFarthing()
          .takes(THREADS, ADDRESS, POLICY, PAUSE_WHEN_IDLE)
          .returns(MinerState.SHAPE)
          .example("1 \"address\"")
          .example("1 \"wallet:savings\" \"each-transaction\"")
          .example("0");

  private final MiningPort mining;
  private final NodeCalls calls;

  public SetMining(MiningPort mining, NodeCalls calls) {
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
      MiningPort.Wanted wanted =
          new MiningPort.Wanted(
              threads, request.find(ADDRESS), request.find(POLICY), request.find(PAUSE_WHEN_IDLE));
      calls.run(() -> mining.start(wanted));
    }
    return MinerState.json(mining.status());
  }
}
