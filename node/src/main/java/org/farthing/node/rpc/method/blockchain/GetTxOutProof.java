package org.farthing.node.rpc.method.blockchain;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.index.TxIndex;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.MerkleBlock;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.indexes.IndexKind;
import org.farthing.node.indexes.Indexes;
import org.farthing.node.indexes.RunningIndex;
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
import org.farthing.node.rpc.spec.Read;
import org.farthing.node.rpc.spec.Result;

/** {@code gettxoutproof}. */
public final class GetTxOutProof implements RpcMethod {
  private static final Param<JsonNode> TXIDS =
      Param.array("txids", "Transactions of one block", Param.txid("txid", "The transaction id"));
  private static final Param<BlockHash> BLOCK_HASH =
      Param.blockHash("blockhash", "The block in which they are")
          .otherwise("found by an output that is not spent, or by the index of transactions");

  /** A block of 4,000,000 weight units has no room for more of the least size, 9 bytes. */
  private static final int MAX_OUTPUTS = 4_000_000 / (4 * 9);

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "gettxoutproof",
              Category.BLOCKCHAIN,
              "Returns a proof that transactions are in a block, which verifytxoutproof can check"
                  + " without the block.")
          .takes(TXIDS, BLOCK_HASH)
          .returns(Result.hex("", "the proof (BIP37)"))
          .example("'[\"mytxid\"]' \"blockhash\"");

  private static final Comparator<Txid> ORDER = Comparator.comparing(Txid::toString);

  private final ChainPort chain;
  private final Indexes indexes;

  public GetTxOutProof(ChainPort chain, Indexes indexes) {
    this.chain = chain;
    this.indexes = indexes;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Set<Txid> txids = txids(request.get(TXIDS));
    Optional<BlockHash> hash = request.find(BLOCK_HASH);
    ChainSnapshot now = chain.snapshot();
    HeaderNode node = hash.isPresent() ? ChainLookup.header(now, hash.get()) : blockOf(txids, now);
    Block block = ChainLookup.block(now, node);
    long found = block.transactions().stream().filter(tx -> txids.contains(tx.txid())).count();
    if (found != txids.size()) {
      throw notFound("Not all transactions found in specified or retrieved block");
    }
    return Json.text(Hex.encode(MerkleBlock.of(block, txids).serialize()));
  }

  private static Set<Txid> txids(JsonNode texts) {
    if (texts.isEmpty()) {
      throw RpcException.invalidParameter("Parameter 'txids' cannot be empty");
    }
    Set<Txid> txids = new TreeSet<>(ORDER);
    for (JsonNode text : texts) {
      if (!txids.add(Txid.of(Read.hash("txid", Read.text(text))))) {
        throw RpcException.invalidParameter(
            "Invalid parameter, duplicated txid: " + text.textValue());
      }
    }
    return txids;
  }

  private HeaderNode blockOf(Set<Txid> txids, ChainSnapshot now) {
    for (Txid txid : txids) {
      Optional<Coin> coin = anyCoin(txid, now);
      if (coin.isPresent()) {
        return now.tip().ancestor(coin.get().height());
      }
    }
    Optional<RunningIndex> index = indexes.find(IndexKind.TRANSACTIONS);
    index.ifPresent(RunningIndex::awaitTip);
    return index
        .flatMap(rows -> new TxIndex(rows.rows()).find(txids.iterator().next(), now))
        .map(TxIndex.Found::block)
        .orElseThrow(() -> notFound("Transaction not yet in block"));
  }

  private static Optional<Coin> anyCoin(Txid txid, ChainSnapshot now) {
    for (int index = 0; index < MAX_OUTPUTS; index++) {
      Optional<Coin> coin = now.chain().coin(new OutPoint(txid, index));
      if (coin.isPresent()) {
        return coin;
      }
    }
    return Optional.empty();
  }

  private static RpcException notFound(String message) {
    return new RpcException(RpcErrorCode.INVALID_ADDRESS_OR_KEY, message);
  }
}
