package org.farthing.node.rpc.method.blockchain;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.Pruner;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.PruningPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code pruneblockchain}. */
public final class PruneBlockchain implements RpcMethod {
  private static final Logger LOG = LoggerFactory.getLogger(PruneBlockchain.class);

  /** More than any height, and as a time long past. */
  private static final int LEAST_TIME = 1_000_000_000;

  /** How far the times of blocks may be out of order. */
  private static final long TIME_WINDOW_SECONDS = 2 * 60 * 60;

  private static final Param<Integer> HEIGHT =
      Param.integer(
          "height",
          "The last height to delete. Above 1000000000 it is a time in seconds since 1970: blocks"
              + " at least two hours older are deleted");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "pruneblockchain",
              Category.BLOCKCHAIN,
              "Deletes old blocks, as far as they may be deleted. Needs -prune.")
          .takes(HEIGHT)
          .returns(Result.number("", "the height of the last block that is gone"))
          .example("1000");

  private final ChainPort chain;
  private final PruningPort pruning;
  private final NodeCalls calls;

  public PruneBlockchain(ChainPort chain, PruningPort pruning, NodeCalls calls) {
    this.chain = chain;
    this.pruning = pruning;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    if (!pruning.isOn()) {
      throw RpcException.misc("Cannot prune blocks because node is not in prune mode.");
    }
    int asked = request.get(HEIGHT);
    if (asked < 0) {
      throw RpcException.invalidParameter("Negative block height.");
    }
    return calls.call(() -> prune(asked));
  }

  private JsonNode prune(int asked) {
    ChainSnapshot now = chain.snapshot();
    int height = asked > LEAST_TIME ? heightAt(now, asked - TIME_WINDOW_SECONDS) : asked;
    if (now.height() < pruning.leastHeight()) {
      throw RpcException.misc("Blockchain is too short for pruning.");
    }
    if (height > now.height()) {
      throw RpcException.invalidParameter("Blockchain is shorter than the attempted prune height.");
    }
    if (height > now.height() - Pruner.KEPT_BLOCKS) {
      LOG.debug(
          "Attempt to prune blocks close to the tip.  Retaining the minimum number of blocks.");
    }
    pruning.pruneTo(height);
    return Json.number(now.lastPruned().map(HeaderNode::height).orElse(-1));
  }

  /** The height of the first block that is not older. */
  private static int heightAt(ChainSnapshot now, long timeSeconds) {
    HeaderNode found = null;
    for (HeaderNode node = now.tip(); node != null; node = node.parent()) {
      if (node.header().timeSeconds() >= timeSeconds) {
        found = node;
      }
    }
    if (found == null) {
      throw RpcException.invalidParameter(
          "Could not find block with at least the specified timestamp.");
    }
    return found.height();
  }
}
