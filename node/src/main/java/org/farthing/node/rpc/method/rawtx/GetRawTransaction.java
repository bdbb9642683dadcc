package org.farthing.node.rpc.method.rawtx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.chain.BlockUndo;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.index.TxIndex;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.indexes.IndexKind;
import org.farthing.node.indexes.Indexes;
import org.farthing.node.indexes.RunningIndex;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.json.TxJson;
import org.farthing.node.rpc.method.Shapes;
import org.farthing.node.rpc.method.Verbosity;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Read;
import org.farthing.node.rpc.spec.Result;

/** {@code getrawtransaction}: of the mempool, of the index, or of a block that is named. */
public final class GetRawTransaction implements RpcMethod {
  private static final Param<String> TXID = Param.text("txid", "The transaction id");
  private static final Param<Integer> VERBOSITY =
      Verbosity.param("0 for the bytes in hex, 1 for an object, 2 with fee and spent outputs")
          .or(0);
  private static final Param<String> BLOCK_HASH =
      Param.text("blockhash", "The block in which to look").orNothing();

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getrawtransaction",
              Category.RAW_TRANSACTIONS,
              "Returns a transaction that waits, or one of a block that is named; with -txindex any"
                  + " confirmed one.")
          .takes(TXID, VERBOSITY, BLOCK_HASH)
          .returns(Result.hex("", "for verbosity = 0"))
          .returns(
              Shapes.TRANSACTION_WITH_HEX
                  .plus(
                      Result.flag("in_active_chain", "if blockhash is given").maybe(),
                      Result.number("vsize_adjusted", "if it waits").maybe(),
                      Result.hex("blockhash", "its block").maybe(),
                      Result.number("confirmations", "of its block").maybe(),
                      Result.time("time", "of its block").maybe(),
                      Result.time("blocktime", "the same").maybe())
                  .as("", "for verbosity = 1 and 2"))
          .example("\"txid\" 1")
          .example("\"txid\" 1 \"blockhash\"");

  private static final String ADVICE = ". Use gettransaction for wallet transactions.";

  private final ChainPort chain;
  private final MempoolPort mempool;
  private final Indexes indexes;
  private final TxJson transactions;

  public GetRawTransaction(ChainPort chain, MempoolPort mempool, Indexes indexes) {
    this.chain = chain;
    this.mempool = mempool;
    this.indexes = indexes;
    this.transactions = new TxJson(chain.params().network());
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Txid txid = Txid.of(Read.hash("parameter 1", request.get(TXID)));
    if (txid.equals(chain.params().genesis().transactions().get(0).txid())) {
      throw notFound(
          "The genesis block coinbase is not considered an ordinary transaction and cannot be"
              + " retrieved");
    }
    int verbosity = request.get(VERBOSITY);
    Optional<String> blockHash = request.find(BLOCK_HASH);
    return blockHash.isPresent()
        ? inBlock(txid, verbosity, BlockHash.of(Read.hash("parameter 3", blockHash.get())))
        : anywhere(txid, verbosity);
  }

  private JsonNode anywhere(Txid txid, int verbosity) {
    Optional<MempoolEntry> waiting = mempool.snapshot().get(txid);
    if (waiting.isPresent()) {
      return waiting(waiting.get(), verbosity);
    }
    RunningIndex index =
        indexes
            .find(IndexKind.TRANSACTIONS)
            .orElseThrow(
                () ->
                    notFound(
                        "No such mempool transaction. Use -txindex or provide a block hash to"
                            + " enable blockchain transaction queries"
                            + ADVICE));
    boolean ready = index.awaitTip();
    ChainSnapshot now = chain.snapshot();
    TxIndex.Found found =
        new TxIndex(index.rows())
            .find(txid, now)
            .orElseThrow(
                () ->
                    notFound(
                        (ready
                                ? "No such mempool or blockchain transaction"
                                : "No such mempool transaction. Blockchain transactions are still"
                                    + " in the process of being indexed")
                            + ADVICE));
    if (verbosity <= 0) {
      return Json.text(Hex.encode(found.transaction().serialize()));
    }
    return confirmed(now, found.block(), found.transaction(), verbosity);
  }

  private JsonNode waiting(MempoolEntry entry, int verbosity) {
    if (verbosity <= 0) {
      return Json.text(Hex.encode(entry.transaction().serialize()));
    }
    ObjectNode json = Json.object();
    json.put("vsize_adjusted", entry.virtualSize());
    json.setAll(transactions.of(entry.transaction()));
    return json;
  }

  private JsonNode inBlock(Txid txid, int verbosity, BlockHash hash) {
    ChainSnapshot now = chain.snapshot();
    HeaderNode node = now.chain().header(hash).orElseThrow(() -> notFound("Block hash not found"));
    Block block =
        now.chain().block(hash).orElseThrow(() -> RpcException.misc("Block not available"));
    Transaction transaction = block.transactions().get(indexOf(txid, block));
    if (verbosity <= 0) {
      return Json.text(Hex.encode(transaction.serialize()));
    }
    ObjectNode json = Json.object();
    json.put("in_active_chain", now.isActive(node));
    json.setAll(confirmed(now, node, transaction, verbosity));
    return json;
  }

  private ObjectNode confirmed(
      ChainSnapshot now, HeaderNode node, Transaction transaction, int verbosity) {
    ObjectNode json =
        verbosity == 1
            ? transactions.of(transaction)
            : spent(now, node, transaction)
                .map(coins -> transactions.of(transaction, coins, true))
                .orElseGet(() -> transactions.of(transaction));
    json.put("blockhash", node.hash().toString());
    if (now.isActive(node)) {
      json.put("confirmations", now.height() - node.height() + 1);
      json.put("time", node.header().timeSeconds());
      json.put("blocktime", node.header().timeSeconds());
    } else {
      json.put("confirmations", 0);
    }
    return json;
  }

  /** The coins of the inputs, if the transaction has such, and they are known. */
  private static Optional<List<Coin>> spent(
      ChainSnapshot now, HeaderNode node, Transaction transaction) {
    if (transaction.isCoinbase()) {
      return Optional.empty();
    }
    Optional<BlockUndo> undo = now.chain().undo(node.hash());
    Optional<Block> block = now.chain().block(node.hash());
    if (undo.isEmpty() || block.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(undo.get().spent().get(indexOf(transaction.txid(), block.get()) - 1));
  }

  private static int indexOf(Txid txid, Block block) {
    for (int i = 0; i < block.transactions().size(); i++) {
      if (block.transactions().get(i).txid().equals(txid)) {
        return i;
      }
    }
    throw notFound("No such transaction found in the provided block" + ADVICE);
  }

  private static RpcException notFound(String message) {
    return new RpcException(RpcErrorCode.INVALID_ADDRESS_OR_KEY, message);
  }
}
