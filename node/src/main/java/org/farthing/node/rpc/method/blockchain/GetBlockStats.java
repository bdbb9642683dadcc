package org.farthing.node.rpc.method.blockchain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Block;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.ChainLookup;
import org.farthing.node.rpc.method.blockchain.BlockFigures.Spend;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Read;
import org.farthing.node.rpc.spec.Result;

/** {@code getblockstats}. */
public final class GetBlockStats implements RpcMethod {
  private static final Param<JsonNode> BLOCK =
      Param.any(
              "hash_or_height",
              "The block's hash, or its height in the active chain",
              Function.<JsonNode>identity())
          .oneOf(Param.number("", ""), Param.text("", ""))
          .word("string or numeric");
  private static final Param<JsonNode> SELECTION =
      Param.array(
              "stats",
              "The figures that are wanted",
              Param.text("height", "A figure").orNothing(),
              Param.text("time", "A figure").orNothing())
          .otherwise("all values")
          .summary("stats");

  private static final int[] PERCENTILES = {10, 25, 50, 75, 90};

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getblockstats",
              Category.BLOCKCHAIN,
              "Returns figures of one block, amounts in satoshis. Needs what the block spent, which"
                  + " a node that prunes may not have any more.")
          .takes(BLOCK, SELECTION)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.number("avgfee", "mean fee").maybe(),
                  Result.number("avgfeerate", "mean feerate in sat/vB").maybe(),
                  Result.number("avgtxsize", "mean size in bytes").maybe(),
                  Result.hex("blockhash", "the block").maybe(),
                  Result.fixed(
                          "feerate_percentiles",
                          "in sat/vB: what this part of the weight pays at most",
                          Result.number("10th_percentile_feerate", "10 %"),
                          Result.number("25th_percentile_feerate", "25 %"),
                          Result.number("50th_percentile_feerate", "50 %"),
                          Result.number("75th_percentile_feerate", "75 %"),
                          Result.number("90th_percentile_feerate", "90 %"))
                      .maybe(),
                  Result.number("height", "of the block").maybe(),
                  Result.number("ins", "inputs, without the coinbase's").maybe(),
                  Result.number("maxfee", "greatest fee").maybe(),
                  Result.number("maxfeerate", "greatest feerate in sat/vB").maybe(),
                  Result.number("maxtxsize", "greatest size in bytes").maybe(),
                  Result.number("medianfee", "median fee").maybe(),
                  Result.time("mediantime", "median of the last eleven blocks").maybe(),
                  Result.number("mediantxsize", "median size in bytes").maybe(),
                  Result.number("minfee", "least fee").maybe(),
                  Result.number("minfeerate", "least feerate in sat/vB").maybe(),
                  Result.number("mintxsize", "least size in bytes").maybe(),
                  Result.number("outs", "outputs").maybe(),
                  Result.number("subsidy", "new coins").maybe(),
                  Result.number("swtotal_size", "bytes of transactions with witness").maybe(),
                  Result.number("swtotal_weight", "weight of transactions with witness").maybe(),
                  Result.number("swtxs", "transactions with witness").maybe(),
                  Result.time("time", "of the block").maybe(),
                  Result.number("total_out", "all outputs, without the coinbase's").maybe(),
                  Result.number("total_size", "bytes, without the coinbase's").maybe(),
                  Result.number("total_weight", "weight, without the coinbase's").maybe(),
                  Result.number("totalfee", "all fees").maybe(),
                  Result.number("txs", "transactions with the coinbase").maybe(),
                  Result.number("utxo_increase", "outputs less inputs").maybe(),
                  Result.number("utxo_size_inc", "the same in bytes of the set of coins").maybe(),
                  Result.number("utxo_increase_actual", "without what cannot be spent").maybe(),
                  Result.number("utxo_size_inc_actual", "the same in bytes").maybe()))
          .example("1000 '[\"minfeerate\",\"avgfeerate\"]'");

  private final ChainPort chain;

  public GetBlockStats(ChainPort chain) {
    this.chain = chain;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  private static List<String> names(JsonNode value) {
    List<String> names = new ArrayList<>();
    value.forEach(name -> names.add(Read.text(name)));
    return names;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    ChainSnapshot now = chain.snapshot();
    HeaderNode node = ChainLookup.hashOrHeight(now, request.get(BLOCK));
    List<String> wanted = request.find(SELECTION).map(GetBlockStats::names).orElse(List.of());
    ObjectNode all = figures(now, node);
    if (wanted.isEmpty()) {
      return all;
    }
    ObjectNode json = Json.object();
    for (String name : new TreeSet<>(wanted)) {
      if (!all.has(name)) {
        throw RpcException.invalidParameter("Invalid selected statistic '" + name + "'");
      }
      json.set(name, all.get(name));
    }
    return json;
  }

  private ObjectNode figures(ChainSnapshot now, HeaderNode node) {
    Block block = ChainLookup.block(now, node);
    boolean keepsCoinbase =
        node.height() > 0 && !chain.params().known().repeatedCoinbases().contains(node.hash());
    BlockFigures figures = BlockFigures.of(block, ChainLookup.undo(now, node), keepsCoinbase);
    ObjectNode json = Json.object();
    json.put("avgfee", figures.mean(Spend::feeSat));
    json.put("avgfeerate", figures.meanSatPerVbyte());
    json.put("avgtxsize", figures.mean(Spend::bytes));
    json.put("blockhash", node.hash().toString());
    ArrayNode percentiles = json.putArray("feerate_percentiles");
    for (int percent : PERCENTILES) {
      percentiles.add(figures.satPerVbyteAt(percent));
    }
    json.put("height", node.height());
    json.put("ins", figures.sum(Spend::inputs));
    json.put("maxfee", figures.most(Spend::feeSat));
    json.put("maxfeerate", figures.most(Spend::satPerVbyte));
    json.put("maxtxsize", figures.most(Spend::bytes));
    json.put("medianfee", figures.median(Spend::feeSat));
    json.put("mediantime", node.medianTimePast());
    json.put("mediantxsize", figures.median(Spend::bytes));
    json.put("minfee", figures.least(Spend::feeSat));
    json.put("minfeerate", figures.least(Spend::satPerVbyte));
    json.put("mintxsize", figures.least(Spend::bytes));
    json.put("outs", figures.coinSet().outputs());
    json.put("subsidy", chain.params().subsidy().at(node.height()));
    witnesses(json, figures);
    json.put("time", node.header().timeSeconds());
    totals(json, figures);
    json.put("txs", block.transactions().size());
    coinSet(json, figures);
    return json;
  }

  private static void witnesses(ObjectNode json, BlockFigures figures) {
    json.put("swtotal_size", figures.witnessSum(Spend::bytes));
    json.put("swtotal_weight", figures.witnessSum(Spend::weight));
    json.put("swtxs", figures.witnessSum(spend -> 1));
  }

  private static void totals(ObjectNode json, BlockFigures figures) {
    json.put("total_out", figures.sum(Spend::outSat));
    json.put("total_size", figures.sum(Spend::bytes));
    json.put("total_weight", figures.sum(Spend::weight));
    json.put("totalfee", figures.sum(Spend::feeSat));
  }

  private static void coinSet(ObjectNode json, BlockFigures figures) {
    BlockFigures.CoinSet set = figures.coinSet();
    long inputs = figures.sum(Spend::inputs);
    json.put("utxo_increase", set.outputs() - inputs);
    json.put("utxo_size_inc", set.bytes());
    json.put("utxo_increase_actual", set.coins() - inputs);
    json.put("utxo_size_inc_actual", set.coinBytes());
  }
}
