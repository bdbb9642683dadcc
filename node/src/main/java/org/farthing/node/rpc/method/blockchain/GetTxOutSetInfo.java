package org.farthing.node.rpc.method.blockchain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Function;
import org.farthing.consensus.chain.ChainReader;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.CoinScan;
import org.farthing.consensus.chain.CoinSetHashType;
import org.farthing.consensus.chain.CoinStatistics;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.index.CoinFigures;
import org.farthing.consensus.index.CoinStatsIndex;
import org.farthing.node.indexes.IndexKind;
import org.farthing.node.indexes.Indexes;
import org.farthing.node.indexes.RunningIndex;
import org.farthing.node.rpc.call.Pace;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.ChainLookup;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.ParamType;
import org.farthing.node.rpc.spec.Result;

/** {@code gettxoutsetinfo}: walks over all coins, on the caller's thread. */
public final class GetTxOutSetInfo implements RpcMethod {
  private static final Param<String> HASH_TYPE =
      Param.text("hash_type", "Which hash to compute: hash_serialized_3, muhash or none")
          .or("hash_serialized_3");
  private static final Param<JsonNode> BLOCK =
      Param.any(
              "hash_or_height",
              "The block after which to count, by its hash or its height in the active chain; needs"
                  + " -coinstatsindex",
              Function.<JsonNode>identity())
          .otherwise("the current best block")
          .usually(ParamType.NUMBER)
          .word("string or numeric");
  private static final Param<Boolean> USE_INDEX =
      Param.flag("use_index", "Take the figures from the index, if there is one").or(true);

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "gettxoutsetinfo",
              Category.BLOCKCHAIN,
              "Returns figures of all unspent outputs. Of a large chain it takes some time, unless"
                  + " -coinstatsindex has them ready.")
          .takes(HASH_TYPE, BLOCK, USE_INDEX)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.number("height", "of the block after which the outputs are unspent"),
                  Result.hex("bestblock", "that block"),
                  Result.number("txouts", "unspent outputs"),
                  Result.number("bogosize", "a size that is the same for every program"),
                  Result.hex("hash_serialized_3", "of all outputs in their order").maybe(),
                  Result.hex("muhash", "of the set of outputs").maybe(),
                  Result.number("transactions", "those with unspent outputs; not from the index")
                      .maybe(),
                  Result.number("disk_size", "about how many bytes they take; not from the index")
                      .maybe(),
                  Result.amount("total_amount", "what they are worth"),
                  Result.amount("total_unspendable_amount", "what is lost; only from the index")
                      .maybe(),
                  blockInfo().maybe()))
          .example("")
          .example("\"none\"")
          .example("\"none\" 1000")
          .example("\"muhash\"");

  private final ChainPort chain;
  private final Indexes indexes;

  public GetTxOutSetInfo(ChainPort chain, Indexes indexes) {
    this.chain = chain;
    this.indexes = indexes;
  }

  private static Result blockInfo() {
    return Result.object(
        "block_info",
        "what the block did; only from the index",
        Result.amount("prevout_spent", "the outputs that it spent"),
        Result.amount("coinbase", "the outputs of its coinbase"),
        Result.amount("new_outputs_ex_coinbase", "all other outputs that it made"),
        Result.amount("unspendable", "what is lost by it"),
        Result.object(
            "unspendables",
            "the same in detail",
            Result.amount("genesis_block", "the subsidy of the genesis"),
            Result.amount("bip30", "coinbases that were overwritten"),
            Result.amount("scripts", "outputs that nobody can spend"),
            Result.amount("unclaimed_rewards", "what the miner did not take")));
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
    String label = request.get(HASH_TYPE);
    CoinSetHashType hashType = hashType(label);
    Optional<JsonNode> block = request.find(BLOCK);
    Optional<RunningIndex> index = indexes.find(IndexKind.COIN_STATISTICS);
    boolean useIndex = request.get(USE_INDEX);
    if (block.isPresent()) {
      expectIndex(index, hashType, useIndex);
    }
    return useIndex && index.isPresent() && hashType != CoinSetHashType.HASH_SERIALIZED_3
        ? indexed(index.get(), block, hashType)
        : walked(hashType, label);
  }

  private static void expectIndex(
      Optional<RunningIndex> index, CoinSetHashType hashType, boolean useIndex) {
    if (index.isEmpty()) {
      throw RpcException.invalidParameter(
          "Querying specific block heights requires coinstatsindex");
    }
    if (hashType == CoinSetHashType.HASH_SERIALIZED_3) {
      throw RpcException.invalidParameter(
          "hash_serialized_3 hash type cannot be queried for a specific block");
    }
    if (!useIndex) {
      throw RpcException.invalidParameter(
          "Cannot set use_index to false when querying for a specific block");
    }
  }

  private JsonNode walked(CoinSetHashType hashType, String label) {
    ChainReader reader = chain.snapshot().chain();
    CoinStatistics figures;
    try (CoinScan scan = reader.scanCoins()) {
      figures = CoinStatistics.of(scan, hashType);
    }
    ObjectNode json = Json.object();
    json.put("height", reader.header(figures.tip()).orElseThrow().height());
    json.put("bestblock", figures.tip().toString());
    json.put("txouts", figures.coins());
    json.put("bogosize", figures.bogoSize());
    figures.hash().ifPresent(hash -> json.put(label, hash.toString()));
    json.set("total_amount", Json.amount(figures.totalSat()));
    json.put("transactions", figures.transactions());
    json.put("disk_size", figures.diskBytes());
    return json;
  }

  private JsonNode indexed(
      RunningIndex index, Optional<JsonNode> wanted, CoinSetHashType hashType) {
    ChainSnapshot now = chain.snapshot();
    Optional<HeaderNode> named = wanted.map(value -> ChainLookup.hashOrHeight(now, value));
    boolean ready = index.awaitTip();
    HeaderNode block = named.orElseGet(() -> lastSeen(index));
    CoinStatsIndex figures = new CoinStatsIndex(index.rows());
    int height = index.best().map(HeaderNode::height).orElse(0);
    if (!ready && (named.isEmpty() || block.height() > height)) {
      throw new RpcException(
          RpcErrorCode.INTERNAL_ERROR,
          "Unable to get data because coinstatsindex is still syncing. Current height: " + height);
    }
    CoinFigures found = figures.figures(block).orElseThrow(GetTxOutSetInfo::unknown);
    ObjectNode json = Json.object();
    json.put("height", block.height());
    json.put("bestblock", block.hash().toString());
    json.put("txouts", found.coins());
    json.put("bogosize", found.bogoSize());
    if (hashType == CoinSetHashType.MUHASH) {
      json.put("muhash", figures.muHash(block).orElseThrow(GetTxOutSetInfo::unknown).toString());
    }
    json.set("total_amount", Json.amount(found.totalSat()));
    json.set("total_unspendable_amount", Json.amount(found.unspendableSat()));
    json.set("block_info", blockInfo(found.block()));
    return json;
  }

  /** The last block of the active chain that the index has seen. */
  private HeaderNode lastSeen(RunningIndex index) {
    HeaderNode tip = chain.snapshot().tip();
    return index.best().map(best -> best.forkWith(tip)).orElse(tip);
  }

  private static RpcException unknown() {
    return new RpcException(RpcErrorCode.INTERNAL_ERROR, "Unable to read UTXO set");
  }

  private static ObjectNode blockInfo(CoinFigures.BlockFigures block) {
    CoinFigures.Unspendable lost = block.unspendable();
    ObjectNode details = Json.object();
    details.set("genesis_block", Json.amount(lost.genesisSat()));
    details.set("bip30", Json.amount(0));
    details.set("scripts", Json.amount(lost.scriptsSat()));
    details.set("unclaimed_rewards", Json.amount(lost.unclaimedSat()));
    ObjectNode json = Json.object();
    json.set("prevout_spent", Json.amount(block.spentSat()));
    json.set("coinbase", Json.amount(block.coinbaseSat()));
    json.set("new_outputs_ex_coinbase", Json.amount(block.madeSat()));
    json.set("unspendable", Json.amount(lost.totalSat()));
    json.set("unspendables", details);
    return json;
  }

  private static CoinSetHashType hashType(String label) {
    return switch (label) {
      case "hash_serialized_3" -> CoinSetHashType.HASH_SERIALIZED_3;
      case "muhash" -> CoinSetHashType.MUHASH;
      case "none" -> CoinSetHashType.NONE;
      default -> throw RpcException.invalidParameter("'" + label + "' is not a valid hash_type");
    };
  }
}
