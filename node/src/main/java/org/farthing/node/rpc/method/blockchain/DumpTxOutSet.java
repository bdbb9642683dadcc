package org.farthing.node.rpc.method.blockchain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.farthing.consensus.chain.ChainReader;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.CoinScan;
import org.farthing.consensus.chain.CoinSetHashType;
import org.farthing.consensus.chain.CoinStatistics;
import org.farthing.consensus.chain.EarlierCoins;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.UnspentOutput;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.node.rpc.call.Pace;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.ChainLookup;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.Fields;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.ParamType;
import org.farthing.node.rpc.spec.Result;

/**
 * {@code dumptxoutset}: on the caller's thread, from a past that the ledger keeps for it, so that
 * the chain goes on meanwhile.
 */
public final class DumpTxOutSet implements RpcMethod {
  private static final String LATEST = "latest";
  private static final String ROLLBACK = "rollback";

  private static final Param<String> PATH =
      Param.text(
          "path",
          "The file to write. If it is relative, it begins at the network's folder in the data"
              + " directory");
  private static final Param<String> TYPE =
      Param.text(
              "type",
              "\"latest\" for the coins as they are, \"rollback\" for those after the block of the"
                  + " option of that name, which alone is enough")
          .or("");
  private static final Param<JsonNode> TARGET =
      Param.any(
              ROLLBACK,
              "The block after which the coins are wanted, by its hash or its height",
              Function.<JsonNode>identity())
          .orNothing()
          .usually(ParamType.NUMBER)
          .word("string or numeric");
  private static final Param<Boolean> IN_MEMORY =
      Param.flag("in_memory", "Has no effect: what a rollback needs is in memory in any case")
          .or(false);
  private static final Param<Fields> OPTIONS =
      Param.options("options", "", TARGET, IN_MEMORY).orNothing();

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "dumptxoutset",
              Category.BLOCKCHAIN,
              "Writes all unspent outputs to a file, in the format of Bitcoin Core's snapshots. The"
                  + " chain goes on meanwhile. Of a large chain it takes minutes.")
          .takes(PATH, TYPE, OPTIONS)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.number("coins_written", "how many unspent outputs there are"),
                  Result.hex("base_hash", "the block after which they are unspent"),
                  Result.number("base_height", "its height"),
                  Result.text("path", "of the file, absolute"),
                  Result.hex("txoutset_hash", "of all outputs in their order"),
                  Result.number("nchaintx", "the transactions of the chain up to the block")))
          .example("utxo.dat latest")
          .example("utxo.dat rollback '{\"rollback\":853456}'");

  private final NodePort node;
  private final ChainPort chain;

  public DumpTxOutSet(NodePort node, ChainPort chain) {
    this.node = node;
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
    Optional<JsonNode> wanted = request.find(OPTIONS).flatMap(options -> options.find(TARGET));
    expectType(request.get(TYPE), wanted.isPresent());
    ChainSnapshot now = chain.snapshot();
    Optional<HeaderNode> target = wanted.map(value -> activeBlock(now, value));
    Path path = absolute(request.get(PATH));
    if (Files.exists(path)) {
      throw RpcException.invalidParameter(
          path + " already exists. Move it out of the way first, or choose another name");
    }
    try (CoinScan coins = coins(now.chain(), target)) {
      return write(coins, path);
    }
  }

  private JsonNode write(CoinScan coins, Path path) {
    Path unfinished = Path.of(path + ".incomplete");
    try (CoinFile file = create(unfinished, coins.tip())) {
      CoinStatistics figures =
          CoinStatistics.of(new Writing(coins, file), CoinSetHashType.HASH_SERIALIZED_3);
      file.finish();
      Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
      return result(figures, path);
    } catch (IOException | UncheckedIOException e) {
      throw RpcException.misc(
          "Cannot write %s, which is not whole: %s".formatted(unfinished, e.getMessage()));
    }
  }

  private static HeaderNode activeBlock(ChainSnapshot now, JsonNode value) {
    HeaderNode block = ChainLookup.hashOrHeight(now, value);
    if (!now.isActive(block)) {
      throw RpcException.invalidParameter("Block is not in the active chain");
    }
    return block;
  }

  private static void expectType(String type, boolean hasTarget) {
    boolean known = hasTarget ? type.isEmpty() || type.equals(ROLLBACK) : type.equals(LATEST);
    if (known) {
      return;
    }
    if (hasTarget) {
      throw RpcException.invalidParameter(
          "Invalid snapshot type \"%s\" specified with rollback option".formatted(type));
    }
    throw RpcException.invalidParameter(
        type.equals(ROLLBACK)
            ? "Give the option \"rollback\": the block to go back to, by its height or hash"
            : "Invalid snapshot type \"%s\" specified. Please specify \"rollback\" or \"latest\""
                .formatted(type));
  }

  private Path absolute(String text) {
    Path path = Path.of(text);
    if (path.isAbsolute()) {
      return path;
    }
    Path folder =
        node.folder()
            .orElseThrow(
                () ->
                    RpcException.invalidParameter(
                        "This node has no data directory: give an absolute path"));
    return folder.resolve(path);
  }

  private static CoinScan coins(ChainReader chain, Optional<HeaderNode> target) {
    CoinScan latest = chain.scanCoins();
    if (target.isEmpty()) {
      return latest;
    }
    try {
      return EarlierCoins.of(latest, target.get(), chain);
    } catch (IllegalArgumentException e) {
      latest.close();
      throw RpcException.misc(
          "Could not roll back to requested height since necessary block data is"
              + " already pruned.");
    }
  }

  private CoinFile create(Path unfinished, BlockHash block) {
    try {
      return CoinFile.create(unfinished, chain.params().network(), block);
    } catch (IOException e) {
      throw RpcException.invalidParameter("Couldn't open file " + unfinished + " for writing.");
    }
  }

  private JsonNode result(CoinStatistics figures, Path path) {
    HeaderNode block = chain.snapshot().chain().header(figures.tip()).orElseThrow();
    ObjectNode json = Json.object();
    json.put("coins_written", figures.coins());
    json.put("base_hash", block.hash().toString());
    json.put("base_height", block.height());
    json.put("path", path.toString());
    json.put("txoutset_hash", figures.hash().orElseThrow().toString());
    json.put("nchaintx", chain.snapshot().chain().chainTransactions(block));
    return json;
  }

  /** Writes down what passes by. */
  private record Writing(CoinScan scan, CoinFile file) implements CoinScan {
    @Override
    public BlockHash tip() {
      return scan.tip();
    }

    @Override
    public List<UnspentOutput> next() {
      List<UnspentOutput> some = scan.next();
      try {
        for (UnspentOutput coin : some) {
          file.add(coin);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return some;
    }

    @Override
    public long diskBytes() {
      return scan.diskBytes();
    }

    @Override
    public void close() {
      scan.close();
    }
  }
}
