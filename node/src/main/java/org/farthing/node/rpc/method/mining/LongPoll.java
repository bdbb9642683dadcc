package org.farthing.node.rpc.method.mining;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.spec.Read;

/**
 * Waits until a template that somebody works on is not the best any more: at once when the tip is
 * another one. The mempool is looked at after a minute, and then every ten seconds.
 */
final class LongPoll {
  private static final int HASH_DIGITS = 64;
  private static final long FIRST_LOOK_MILLIS = 60_000;
  private static final long NEXT_LOOK_MILLIS = 10_000;

  private final ChainPort chain;
  private final MempoolPort mempool;
  private final NodeCalls calls;

  LongPoll(ChainPort chain, MempoolPort mempool, NodeCalls calls) {
    this.chain = chain;
    this.mempool = mempool;
    this.calls = calls;
  }

  /** The template that is worked on. */
  private record Known(BlockHash tip, long mempoolChanges) {}

  /**
   * Waits for another template.
   *
   * @param id of the one that is known; if it is no text, then the one that there is now
   * @throws RpcException if the identifier is none of ours, or the node stops
   */
  void await(JsonNode id) {
    Known known = id.isTextual() ? read(id.textValue()) : now();
    long lookMillis = FIRST_LOOK_MILLIS;
    while (!awaitTip(known.tip(), lookMillis)
        && mempool.snapshot().changes() == known.mempoolChanges()) {
      calls.expectOpen();
      lookMillis = NEXT_LOOK_MILLIS;
    }
    calls.expectOpen();
  }

  private Known now() {
    return new Known(chain.snapshot().tip().hash(), mempool.snapshot().changes());
  }

  private static Known read(String id) {
    int cut = Math.min(HASH_DIGITS, id.length());
    BlockHash tip = BlockHash.of(Read.hash("longpollid", id.substring(0, cut)));
    return new Known(tip, leadingNumber(id.substring(cut)));
  }

  /** Whatever stands there: what is no number is the number of no template. */
  private static long leadingNumber(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** Whether the tip is another one when the time is over. */
  private boolean awaitTip(BlockHash known, long millis) {
    CompletableFuture<HeaderNode> reached =
        chain.awaitTip(tip -> !tip.hash().equals(known), OptionalLong.of(millis));
    try {
      return !reached.get().hash().equals(known);
    } catch (InterruptedException e) {
      reached.cancel(false);
      Thread.currentThread().interrupt();
      throw new RpcException(RpcErrorCode.CLIENT_NOT_CONNECTED, "Shutting down");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
