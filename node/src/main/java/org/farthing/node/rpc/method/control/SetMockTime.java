package org.farthing.node.rpc.method.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;
import org.farthing.consensus.params.Difficulty;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code setmocktime}. */
public final class SetMockTime implements RpcMethod {
  private static final long MAX_SECONDS = 0xffff_ffffL;

  private static final Param<Long> TIMESTAMP =
      Param.number("timestamp", "Seconds since 1970 at which the clock stands; 0: the real time");

  private static final MethodSpec SPEC =
      MethodSpec.of("setmocktime", Category.HIDDEN, "Sets the node's clock; only on regtest.")
          .takes(TIMESTAMP)
          .returns(Result.nothing())
          .example("1600000000");

  private final ChainPort chain;
  private final NodePort node;
  private final NodeCalls calls;

  public SetMockTime(ChainPort chain, NodePort node, NodeCalls calls) {
    this.chain = chain;
    this.node = node;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    if (!(chain.params().difficulty() instanceof Difficulty.Fixed)) {
      throw RpcException.misc("setmocktime is for regression testing (-regtest mode) only");
    }
    long seconds = request.get(TIMESTAMP);
    if (seconds < 0 || seconds > MAX_SECONDS) {
      throw RpcException.invalidParameter(
          "Mocktime must be in the range [0, " + MAX_SECONDS + "], not " + seconds + ".");
    }
    OptionalLong time = seconds == 0 ? OptionalLong.empty() : OptionalLong.of(seconds);
    calls.run(() -> node.setMockTime(time));
    return Json.nothing();
  }
}
