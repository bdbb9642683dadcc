package org.farthing.node.rpc.method.mining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.BlockJson;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.port.MiningPort;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;

/** {@code getmininginfo}. */
public final class GetMiningInfo implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of("getmininginfo", Category.MINING, "Returns what miners want to know.")
          .returns(
              Result.object(
                      "",
                      "",
                      Result.number("blocks", "the height of the tip"),
                      Result.number("currentblockweight", "of the last block that was made here")
                          .maybe(),
                      Result.number("currentblocktx", "its transactions, without the coinbase")
                          .maybe(),
                      Result.hex("bits", "the compact target of the tip"),
                      Result.decimal("difficulty", "the difficulty of the tip"),
                      Result.hex("target", "the target of the tip"),
                      Result.decimal(
                          "networkhashps", "hashes per second of the whole network, about"),
                      Result.number("pooledtx", "transactions that wait"),
                      Result.amount("blockmintxfee", "coins/kvB that are mined at least"),
                      Result.text("chain", "the network's name"),
                      Result.object(
                          "next",
                          "the next block",
                          Result.number("height", "its height"),
                          Result.hex("bits", "its compact target"),
                          Result.decimal("difficulty", "its difficulty"),
                          Result.hex("target", "its target")),
                      Result.number("threads", "that this node mines with (Farthing's own)"),
                      Result.decimal("hashespersec", "of this node (Farthing's own)"),
                      Result.number("blocksfound", "by this node since its start (Farthing's own)"))
                  .plus(MinerState.schedule())
                  .plus(
                      Result.hex("signet_challenge", "what blocks must satisfy, on signet").maybe(),
                      Result.array(
                          "warnings", "what the operator should know", Result.text("", ""))))
          .example("");

  private final ChainPort chain;
  private final MempoolPort mempool;
  private final MiningPort mining;
  private final NodePort node;
  private final NodeCalls calls;

  public GetMiningInfo(
      ChainPort chain, MempoolPort mempool, MiningPort mining, NodePort node, NodeCalls calls) {
    this.chain = chain;
    this.mempool = mempool;
    this.mining = mining;
    this.node = node;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    HeaderNode tip = chain.snapshot().tip();
    MiningPort.Status status = mining.status();
    ObjectNode json = Json.object();
    json.put("blocks", tip.height());
    mining
        .lastFilled()
        .ifPresent(
            filled ->
                json.put("currentblockweight", filled.weight())
                    .put("currentblocktx", filled.transactions()));
    BlockJson.difficulty(json, tip.header().bits());
    json.set("networkhashps", Json.number(NetworkHashRate.perSecond(tip, NetworkHashRate.BLOCKS)));
    json.put("pooledtx", mempool.snapshot().count());
    json.set("blockmintxfee", Json.amount(mining.options().minimumFee().satPerKvb()));
    json.put("chain", chain.params().network().name());
    ObjectNode next = json.putObject("next");
    next.put("height", tip.height() + 1);
    BlockJson.difficulty(next, calls.call(chain::nextBits));
    json.put("threads", status.threads());
    json.put("hashespersec", status.hashesPerSecond());
    json.put("blocksfound", status.blocksFound());
    MinerState.addSchedule(json, status);
    chain
        .params()
        .blockChallenge()
        .ifPresent(challenge -> json.put("signet_challenge", challenge.toHex()));
    json.set("warnings", Json.strings(node.warnings()));
    return json;
  }
}
