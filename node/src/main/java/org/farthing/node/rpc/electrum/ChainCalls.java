package org.farthing.node.rpc.electrum;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.MerkleBranch;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;

/**
 * {@code blockchain.block.*}, {@code blockchain.transaction.*} and what else is about the chain.
 */
final class ChainCalls {
  /** Headers in one answer: a period of Bitcoin's difficulty. */
  private static final int MAX_HEADERS = 2016;

  /** The histogram of fees has steps of about so many virtual bytes. */
  private static final int HISTOGRAM_STEP_VSIZE = 30_000;

  private static final int NO_ESTIMATE = -1;

  private final ElectrumPort node;

  ChainCalls(ElectrumPort node) {
    this.node = node;
  }

  /** The tip, as clients that subscribed to headers are told of it. */
  JsonNode tip() {
    HeaderNode tip = node.chain().tip();
    ObjectNode json = Json.object();
    json.put("hex", Hex.encode(tip.header().serialize()));
    json.put("height", tip.height());
    return json;
  }

  JsonNode header(Params params) throws ElectrumException {
    int height = params.height(0);
    int checkpoint = params.optionalHeight(1, 0);
    ChainSnapshot chain = node.chain();
    String hex = Hex.encode(at(chain, height).header().serialize());
    if (checkpoint == 0) {
      return Json.text(hex);
    }
    ObjectNode json = Json.object();
    json.put("header", hex);
    prove(json, chain, height, checkpoint);
    return json;
  }

  JsonNode headers(Params params) throws ElectrumException {
    int start = params.height(0);
    int count = Math.min(params.height(1), MAX_HEADERS);
    int checkpoint = params.optionalHeight(2, 0);
    ChainSnapshot chain = node.chain();
    int last = (int) Math.min(chain.height(), (long) start + count - 1);
    StringBuilder hex = new StringBuilder();
    for (int height = start; height <= last; height++) {
      hex.append(Hex.encode(chain.tip().ancestor(height).header().serialize()));
    }
    int found = Math.max(0, last - start + 1);
    ObjectNode json = Json.object();
    json.put("hex", hex.toString());
    json.put("count", found);
    json.put("max", MAX_HEADERS);
    if (checkpoint > 0 && found > 0) {
      prove(json, chain, last, checkpoint);
    }
    return json;
  }

  /** A proof that the header is one of those up to the checkpoint. */
  private static void prove(ObjectNode json, ChainSnapshot chain, int height, int checkpoint)
      throws ElectrumException {
    if (height > checkpoint || checkpoint > chain.height()) {
      throw ElectrumException.badRequest(
          "header height %d must be <= cp_height %d which must be <= chain height %d"
              .formatted(height, checkpoint, chain.height()));
    }
    List<BlockHash> hashes = new ArrayList<>();
    for (int i = 0; i <= checkpoint; i++) {
      hashes.add(chain.tip().ancestor(i).hash());
    }
    MerkleBranch branch = MerkleBranch.of(hashes, height);
    json.put("root", branch.root().toString());
    json.set("branch", Json.strings(branch.siblings()));
  }

  private static HeaderNode at(ChainSnapshot chain, int height) throws ElectrumException {
    if (height > chain.height()) {
      throw ElectrumException.badRequest(
          "height %,d out of range: the tip is at %,d".formatted(height, chain.height()));
    }
    return chain.tip().ancestor(height);
  }

  JsonNode transaction(Params params) throws ElectrumException {
    Txid txid = params.txid(0);
    boolean verbose = params.flag(1, false);
    return ask("getrawtransaction", txid.toString(), verbose);
  }

  JsonNode broadcast(Params params) throws ElectrumException {
    return ask("sendrawtransaction", params.text(0));
  }

  private JsonNode ask(String method, Object... arguments) throws ElectrumException {
    try {
      return node.call(method, arguments);
    } catch (RpcException e) {
      throw new ElectrumException(ElectrumException.Code.DAEMON, e.getMessage());
    }
  }

  JsonNode merkle(Params params) throws ElectrumException {
    Txid txid = params.txid(0);
    int height = params.height(1);
    Block block = block(at(node.chain(), height));
    List<Txid> txids = block.transactions().stream().map(Transaction::txid).toList();
    int position = txids.indexOf(txid);
    if (position < 0) {
      throw ElectrumException.badRequest("tx " + txid + " not in block at height " + height);
    }
    ObjectNode json = Json.object();
    json.put("block_height", height);
    json.set("merkle", Json.strings(MerkleBranch.of(txids, position).siblings()));
    json.put("pos", position);
    return json;
  }

  JsonNode idFromPosition(Params params) throws ElectrumException {
    int height = params.height(0);
    int position = params.height(1);
    boolean withProof = params.flag(2, false);
    Block block = block(at(node.chain(), height));
    List<Txid> txids = block.transactions().stream().map(Transaction::txid).toList();
    if (position >= txids.size()) {
      throw ElectrumException.badRequest(
          "no tx at position " + position + " in block at height " + height);
    }
    if (!withProof) {
      return Json.text(txids.get(position));
    }
    ObjectNode json = Json.object();
    json.put("tx_hash", txids.get(position).toString());
    json.set("merkle", Json.strings(MerkleBranch.of(txids, position).siblings()));
    return json;
  }

  private Block block(HeaderNode at) throws ElectrumException {
    return node.chain()
        .chain()
        .block(at.hash())
        .orElseThrow(() -> ElectrumException.badRequest("block " + at + " is pruned"));
  }

  /** Coins per thousand virtual bytes; -1 where there is no estimate. */
  JsonNode estimateFee(Params params) throws ElectrumException {
    JsonNode estimate = ask("estimatesmartfee", params.height(0));
    JsonNode rate = estimate.path("feerate");
    return rate.isNumber() ? rate : Json.number(NO_ESTIMATE);
  }

  JsonNode relayFee() {
    return Json.amount(node.mempool().options().fees().minimumRelay().satPerKvb());
  }

  /** Steps of fee rates in satoshis per virtual byte, the highest first, and the size in each. */
  JsonNode feeHistogram() {
    Map<Long, Long> sizes = new TreeMap<>(Comparator.reverseOrder());
    for (MempoolEntry entry : node.mempool().entries()) {
      sizes.merge(entry.feeSat() / entry.virtualSize(), (long) entry.virtualSize(), Long::sum);
    }
    ArrayNode histogram = Json.array();
    long size = 0;
    int left = sizes.size();
    for (Map.Entry<Long, Long> step : sizes.entrySet()) {
      size += step.getValue();
      left--;
      if (size >= HISTOGRAM_STEP_VSIZE || left == 0) {
        histogram.addArray().add(step.getKey()).add(size);
        size = 0;
      }
    }
    return histogram;
  }
}
