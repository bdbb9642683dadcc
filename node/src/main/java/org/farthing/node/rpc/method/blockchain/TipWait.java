package org.farthing.node.rpc.method.blockchain;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** What the methods that wait for a tip have in common. */
final class TipWait {
  static final Param<Integer> TIMEOUT =
      Param.integer("timeout", "How long to wait at most, in milliseconds; 0: for ever").or(0);

  static final Result TIP =
      Result.object(
          "",
          "the tip, wanted or not",
          Result.hex("hash", "the block hash"),
          Result.number("height", "the height"));

  private TipWait() {}

  /** How long to wait; empty for ever. */
  static OptionalLong timeoutMillis(RpcRequest request) {
    int millis = request.get(TIMEOUT);
    if (millis < 0) {
      throw RpcException.misc("Negative timeout");
    }
    return millis == 0 ? OptionalLong.empty() : OptionalLong.of(millis);
  }

  /** The tip when it is one that is wanted, or the time is over, or the node stops. */
  static JsonNode await(ChainPort chain, Predicate<HeaderNode> wanted, OptionalLong timeoutMillis) {
    CompletableFuture<HeaderNode> reached = chain.awaitTip(wanted, timeoutMillis);
    try {
      HeaderNode tip = reached.get();
      return Json.object().put("hash", tip.hash().toString()).put("height", tip.height());
    } catch (InterruptedException e) {
      reached.cancel(false);
      Thread.currentThread().interrupt();
      throw new RpcException(RpcErrorCode.CLIENT_NOT_CONNECTED, "Shutting down");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
