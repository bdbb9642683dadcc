package org.farthing.node.rpc.method.blockchain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalLong;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.BlockJson;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.json.Targets;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.port.PruningPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;

/** {@code getblockchaininfo}. */
public final class GetBlockchainInfo implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getblockchaininfo", Category.BLOCKCHAIN, "Returns the state of the chain in short.")
          .returns(
              Result.object(
                  "",
                  "",
                  Result.text("chain", "the network's name"),
                  Result.number("blocks", "the height of the tip"),
                  Result.number("headers", "the height of the best header"),
                  Result.hex("bestblockhash", "the tip"),
                  Result.hex("bits", "the compact target of the tip"),
                  Result.hex("target", "the target of the tip"),
                  Result.decimal("difficulty", "the difficulty of the tip"),
                  Result.time("time", "of the tip"),
                  Result.time("mediantime", "of the tip"),
                  Result.decimal("verificationprogress", "from 0 to 1"),
                  Result.flag("initialblockdownload", "still catching up"),
                  Result.number("secondsleft", "how much longer, at the pace of the last minute")
                      .maybe(),
                  Result.hex("chainwork", "expected hashes of the whole chain"),
                  Result.number("size_on_disk", "bytes"),
                  Result.flag("pruned", "whether old blocks are dropped"),
                  Result.number("pruneheight", "the lowest height from which all blocks are there")
                      .maybe(),
                  Result.flag("automatic_pruning", "whether the node drops them by itself").maybe(),
                  Result.number("prune_target_size", "bytes that blocks may take").maybe(),
                  Result.hex("signet_challenge", "what blocks must satisfy, on signet").maybe(),
                  Result.array("warnings", "what the operator should know", Result.text("", ""))))
          .example("");

  private final ChainPort chain;
  private final PruningPort pruning;
  private final NodePort node;

  public GetBlockchainInfo(ChainPort chain, PruningPort pruning, NodePort node) {
    this.chain = chain;
    this.pruning = pruning;
    this.node = node;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    ChainSnapshot now = chain.snapshot();
    HeaderNode tip = now.tip();
    ObjectNode json = Json.object();
    json.put("chain", chain.params().network().name());
    json.put("blocks", tip.height());
    json.put("headers", now.bestHeader().height());
    json.put("bestblockhash", tip.hash().toString());
    BlockJson.difficulty(json, tip.header().bits());
    json.put("time", tip.header().timeSeconds());
    json.put("mediantime", tip.medianTimePast());
    json.set("verificationprogress", Json.number(chain.progress()));
    json.put("initialblockdownload", chain.isInitialDownload());
    chain.secondsLeft().ifPresent(seconds -> json.put("secondsleft", seconds));
    json.put("chainwork", Targets.hex(tip.chainWork()));
    json.put("size_on_disk", node.diskBytes());
    pruning(json, now);
    chain
        .params()
        .blockChallenge()
        .ifPresent(challenge -> json.put("signet_challenge", challenge.toHex()));
    json.set("warnings", Json.strings(node.warnings()));
    return json;
  }

  private void pruning(ObjectNode json, ChainSnapshot now) {
    json.put("pruned", pruning.isOn());
    if (!pruning.isOn()) {
      return;
    }
    json.put("pruneheight", now.lastPruned().map(node -> node.height() + 1).orElse(0));
    OptionalLong target = pruning.targetBytes();
    json.put("automatic_pruning", target.isPresent());
    target.ifPresent(bytes -> json.put("prune_target_size", bytes));
  }
}
