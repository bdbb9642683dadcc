package org.farthing.node.rpc.method.blockchain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;
import org.farthing.consensus.chain.ChainReader;
import org.farthing.consensus.chain.CoinScan;
import org.farthing.consensus.chain.CoinSetHashType;
import org.farthing.consensus.chain.CoinStatistics;
import org.farthing.node.rpc.call.Pace;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code gettxoutsetinfo}: walks over all coins, on the caller's thread. */
public final class GetTxOutSetInfo implements RpcMethod {
  private static final Param<String> HASH_TYPE =
      Param.text("hash_type", "Which hash to compute: hash_serialized_3, muhash or none")
          .or("hash_serialized_3");
  private static final Param<JsonNode> BLOCK =
      Param.any(
              "hash_or_height",
              "The block after which to count; needs an index of such figures",
              Function.<JsonNode>identity())
          .orNothing();
  private static final Param<Boolean> USE_INDEX =
      Param.flag("use_index", "Take the figures from an index, if there is one").or(true);

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "gettxoutsetinfo",
              Category.BLOCKCHAIN,
              "Returns figures of all unspent outputs. Of a large chain it takes some time.")
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
                  Result.amount("total_amount", "what they are worth"),
                  Result.number("transactions", "those with unspent outputs"),
                  Result.number("disk_size", "about how many bytes they take")))
          .example("")
          .example("\"none\"")
          .example("\"muhash\"");

  private final ChainPort chain;

  public GetTxOutSetInfo(ChainPort chain) {
    this.chain = chain;
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
    CoinSetHashType hashType = hashType(request.get(HASH_TYPE));
    if (request.find(BLOCK).isPresent()) {
      throw RpcException.invalidParameter(
          "Querying specific block heights requires coinstatsindex");
    }
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
    String label = request.get(HASH_TYPE);
    figures.hash().ifPresent(hash -> json.put(label, hash.toString()));
    json.set("total_amount", Json.amount(figures.totalSat()));
    json.put("transactions", figures.transactions());
    json.put("disk_size", figures.diskBytes());
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
