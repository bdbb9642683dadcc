package org.farthing.node.rpc.method.blockchain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.node.rpc.call.Pace;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.json.ScriptJson;
import org.farthing.node.rpc.method.ChainLookup;
import org.farthing.node.rpc.method.ScriptEvent;
import org.farthing.node.rpc.method.Shapes;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Read;
import org.farthing.node.rpc.spec.Result;

/** {@code getdescriptoractivity}: what blocks, and the mempool, do to scripts. */
public final class GetDescriptorActivity implements RpcMethod {
  private static final Param<JsonNode> BLOCK_HASHES =
      Param.array(
          "blockhashes",
          "The blocks to look at, in any order; all in the active chain",
          Param.blockHash("blockhash", "A block"));
  private static final Param<Boolean> INCLUDE_MEMPOOL =
      Param.flag("include_mempool", "Whether to look at transactions that wait, too").or(true);

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getdescriptoractivity",
              Category.BLOCKCHAIN,
              "Returns which outputs with the scripts of descriptors some blocks make and spend."
                  + " scanblocks tells which blocks to look at.")
          .takes(BLOCK_HASHES, ScanObjects.REQUIRED, INCLUDE_MEMPOOL)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.array("activity", "by height; what waits, last", spent(), received())))
          .example("'[\"hash\"]' '[\"addr(bcrt1q4u4nsgk6ug0sqz7r3rj9tykjxrsl0yy4d0wwte)\"]'");

  private final ChainPort chain;
  private final MempoolPort mempool;
  private final ScriptJson scripts;

  public GetDescriptorActivity(ChainPort chain, MempoolPort mempool) {
    this.chain = chain;
    this.mempool = mempool;
    this.scripts = new ScriptJson(chain.params().network());
  }

  private static Result spent() {
    return Result.object(
        "",
        "an output is spent",
        Result.text("type", "spend"),
        Result.amount("amount", "of the output"),
        Result.hex("blockhash", "the block, unless it waits").maybe(),
        Result.number("height", "of the block").maybe(),
        Result.hex("spend_txid", "the transaction that spends it"),
        Result.number("spend_vin", "with this input"),
        Result.hex("prevout_txid", "of the output"),
        Result.number("prevout_vout", "of the output"),
        Shapes.SCRIPT_PUB_KEY.as("prevout_spk", "of the output"));
  }

  private static Result received() {
    return Result.object(
        "",
        "an output is made",
        Result.text("type", "receive"),
        Result.amount("amount", "of the output"),
        Result.hex("blockhash", "the block, unless it waits").maybe(),
        Result.number("height", "of the block").maybe(),
        Result.hex("txid", "of the output"),
        Result.number("vout", "of the output"),
        Shapes.SCRIPT_PUB_KEY.as("output_spk", "of the output"));
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public Pace pace(RpcRequest request) {
    return Pace.LONG;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    ChainSnapshot now = chain.snapshot();
    Set<HeaderNode> blocks = blocks(now, request.get(BLOCK_HASHES));
    Set<Script> wanted =
        ScanObjects.scripts(request.get(ScanObjects.REQUIRED), scripts, chain.params().network())
            .keySet();
    ArrayNode activity = Json.array();
    for (HeaderNode node : blocks) {
      List<Transaction> transactions = ChainLookup.block(now, node).transactions();
      List<List<Coin>> spent = ChainLookup.undo(now, node).spent();
      for (int i = 0; i < transactions.size(); i++) {
        List<Coin> coins = i == 0 ? List.of() : spent.get(i - 1);
        ScriptEvent.of(transactions.get(i), coins, wanted::contains)
            .forEach(event -> activity.add(json(event, Optional.of(node))));
      }
    }
    if (request.get(INCLUDE_MEMPOOL)) {
      ScriptEvent.waiting(mempool.snapshot(), now, wanted::contains)
          .forEach(waiting -> activity.add(json(waiting.event(), Optional.empty())));
    }
    ObjectNode json = Json.object();
    json.set("activity", activity);
    return json;
  }

  /** Without repetitions, by height. */
  private static Set<HeaderNode> blocks(ChainSnapshot now, JsonNode hashes) {
    Set<HeaderNode> blocks = new TreeSet<>(Comparator.comparing(HeaderNode::height));
    for (JsonNode hash : hashes) {
      HeaderNode node =
          ChainLookup.header(now, BlockHash.of(Read.hash("blockhash", Read.text(hash))));
      if (!now.isActive(node)) {
        throw RpcException.invalidParameter("Block is not in main chain");
      }
      blocks.add(node);
    }
    return blocks;
  }

  private ObjectNode json(ScriptEvent event, Optional<HeaderNode> block) {
    TxOut output = event.output();
    ObjectNode json = Json.object().put("type", event.spent() ? "spend" : "receive");
    json.set("amount", Json.amount(output.valueSat()));
    block.ifPresent(
        node -> json.put("blockhash", node.hash().toString()).put("height", node.height()));
    String txid = event.transaction().txid().toString();
    if (event.spent()) {
      json.put("spend_txid", txid);
      json.put("spend_vin", event.index());
      json.put("prevout_txid", event.place().txid().toString());
      json.put("prevout_vout", Integer.toUnsignedLong(event.place().index()));
      json.set("prevout_spk", scripts.output(output.scriptPubKey()));
    } else {
      json.put("txid", txid);
      json.put("vout", event.index());
      json.set("output_spk", scripts.output(output.scriptPubKey()));
    }
    return json;
  }
}
