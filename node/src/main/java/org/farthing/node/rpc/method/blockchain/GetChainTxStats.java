package org.farthing.node.rpc.method.blockchain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.ChainLookup;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code getchaintxstats}. */
public final class GetChainTxStats implements RpcMethod {
  private static final int MONTH_SECONDS = 30 * 24 * 60 * 60;

  private static final Param<Integer> BLOCKS =
      Param.integer("nblocks", "The length of the window in blocks").otherwise("one month");
  private static final Param<BlockHash> HASH =
      Param.blockHash("blockhash", "The block that ends the window").otherwise("chain tip");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getchaintxstats",
              Category.BLOCKCHAIN,
              "Returns how many transactions the chain has, and how fast they came.")
          .takes(BLOCKS, HASH)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.time("time", "of the block that ends the window"),
                  Result.number("txcount", "transactions of the chain up to there, if known")
                      .maybe(),
                  Result.hex("window_final_block_hash", "the block that ends the window"),
                  Result.number("window_final_block_height", "its height"),
                  Result.number("window_block_count", "blocks of the window"),
                  Result.number("window_interval", "seconds of the window, if it has blocks")
                      .maybe(),
                  Result.number(
                          "window_tx_count",
                          "transactions of the window, if known, and it has blocks")
                      .maybe(),
                  Result.decimal("txrate", "transactions in a second, if the window took any time")
                      .maybe()))
          .example("")
          .example("2016");

  private final ChainPort chain;

  public GetChainTxStats(ChainPort chain) {
    this.chain = chain;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    ChainSnapshot now = chain.snapshot();
    HeaderNode last = request.find(HASH).map(hash -> active(now, hash)).orElse(now.tip());
    int blocks = request.find(BLOCKS).map(count -> checked(count, last)).orElse(month(last));
    long count = now.chain().chainTransactions(last);
    ObjectNode json = Json.object();
    json.put("time", last.header().timeSeconds());
    if (count > 0) {
      json.put("txcount", count);
    }
    json.put("window_final_block_hash", last.hash().toString());
    json.put("window_final_block_height", last.height());
    json.put("window_block_count", blocks);
    if (blocks > 0) {
      window(json, now, last.ancestor(last.height() - blocks), last);
    }
    return json;
  }

  private static HeaderNode active(ChainSnapshot now, BlockHash hash) {
    HeaderNode node = ChainLookup.header(now, hash);
    if (!now.isActive(node)) {
      throw RpcException.invalidParameter("Block is not in main chain");
    }
    return node;
  }

  private static int checked(int count, HeaderNode last) {
    if (count < 0 || (count > 0 && count >= last.height())) {
      throw RpcException.invalidParameter(
          "Invalid block count: should be between 0 and the block's height - 1");
    }
    return count;
  }

  private int month(HeaderNode last) {
    int month = MONTH_SECONDS / chain.params().difficulty().spacingSeconds();
    return Math.max(0, Math.min(month, last.height() - 1));
  }

  private static void window(
      ObjectNode json, ChainSnapshot now, HeaderNode before, HeaderNode last) {
    long seconds = last.medianTimePast() - before.medianTimePast();
    json.put("window_interval", seconds);
    long count = now.chain().chainTransactions(last);
    long countBefore = now.chain().chainTransactions(before);
    if (count == 0 || countBefore == 0) {
      return;
    }
    json.put("window_tx_count", count - countBefore);
    if (seconds > 0) {
      json.set("txrate", Json.number((double) (count - countBefore) / seconds));
    }
  }
}
