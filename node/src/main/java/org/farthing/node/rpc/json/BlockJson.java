package org.farthing.node.rpc.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.chain.BlockUndo;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;

/** Headers and blocks of one network in JSON. */
public final class BlockJson {
  /** How much of each transaction is shown. */
  public enum Detail {
    TXIDS,
    TRANSACTIONS,
    TRANSACTIONS_WITH_COINS
  }

  private final TxJson transactions;

  public BlockJson(Network network) {
    this.transactions = new TxJson(network);
  }

  /**
   * A header in its place.
   *
   * @param transactionCount of its block, 0 if not known
   */
  public static ObjectNode header(ChainSnapshot chain, HeaderNode node, int transactionCount) {
    BlockHeader header = node.header();
    boolean active = chain.isActive(node);
    ObjectNode json = Json.object();
    json.put("hash", node.hash().toString());
    json.put("confirmations", active ? chain.height() - node.height() + 1 : -1);
    json.put("height", node.height());
    json.put("version", header.version());
    json.put("versionHex", hex32(header.version()));
    json.put("merkleroot", header.merkleRoot().toString());
    json.put("time", header.timeSeconds());
    json.put("mediantime", node.medianTimePast());
    json.put("nonce", Integer.toUnsignedLong(header.nonce()));
    difficulty(json, header.bits());
    json.put("chainwork", Targets.hex(node.chainWork()));
    json.put("nTx", transactionCount);
    if (node.parent() != null) {
      json.put("previousblockhash", node.parent().hash().toString());
    }
    if (active && node.height() < chain.height()) {
      json.put("nextblockhash", chain.tip().ancestor(node.height() + 1).hash().toString());
    }
    return json;
  }

  /** The target in its three forms: bits, target, difficulty. */
  public static void difficulty(ObjectNode json, int bits) {
    json.put("bits", hex32(bits));
    json.put("target", Targets.hex(Targets.ofBits(bits)));
    json.set("difficulty", Json.number(Targets.difficulty(bits)));
  }

  /** Eight hexadecimal digits. */
  public static String hex32(int value) {
    return "%08x".formatted(value);
  }

  /**
   * A block in its place. Its transactions are shown when they are written: as trees they take many
   * times what they take in the block.
   *
   * @param undo the coins that it spent, if it was ever connected
   */
  public ObjectNode block(
      ChainSnapshot chain, HeaderNode node, Block block, Optional<BlockUndo> undo, Detail detail) {
    ObjectNode json = header(chain, node, block.transactions().size());
    json.put("strippedsize", block.baseSize());
    json.put("size", block.totalSize());
    json.put("weight", block.weight());
    json.set("coinbase_tx", coinbase(block.transactions().get(0)));
    ArrayNode list = json.putArray("tx");
    List<Transaction> all = block.transactions();
    for (int i = 0; i < all.size(); i++) {
      Transaction transaction = all.get(i);
      if (detail == Detail.TXIDS) {
        list.add(transaction.txid().toString());
      } else if (i == 0 || undo.isEmpty()) {
        list.add(Json.later(() -> transactions.of(transaction)));
      } else {
        List<Coin> spent = undo.get().spent().get(i - 1);
        boolean showCoins = detail == Detail.TRANSACTIONS_WITH_COINS;
        list.add(Json.later(() -> transactions.of(transaction, spent, showCoins)));
      }
    }
    return json;
  }

  private static ObjectNode coinbase(Transaction coinbase) {
    TxIn input = coinbase.inputs().get(0);
    ObjectNode json = Json.object();
    json.put("version", Integer.toUnsignedLong(coinbase.version()));
    json.put("locktime", Integer.toUnsignedLong(coinbase.lockTime()));
    json.put("sequence", Integer.toUnsignedLong(input.sequence()));
    json.put("coinbase", input.scriptSig().toHex());
    if (!input.witness().isEmpty()) {
      json.put("witness", Hex.encode(input.witness().item(0)));
    }
    return json;
  }
}
