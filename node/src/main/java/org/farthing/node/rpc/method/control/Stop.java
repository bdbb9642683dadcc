package org.farthing.node.rpc.method.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.farthing.node.rpc.call.Pace;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/**
 * {@code stop}: answers first, then the node ends. With a time to wait it is the other way round:
 * so tests see that a node that stops still answers.
 */
public final class Stop implements RpcMethod {
  private static final Param<Integer> WAIT =
      Param.integer("wait", "Milliseconds to wait before the answer").orNothing().hidden();

  private static final String ANSWER = "Farthing stopping";

  private static final MethodSpec SPEC =
      MethodSpec.of("stop", Category.CONTROL, "Asks the node to stop.")
          .takes(WAIT)
          .returns(Result.text("", "a sentence"))
          .example("");

  private final NodePort node;

  public Stop(NodePort node) {
    this.node = node;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Optional<Integer> waitMillis = request.find(WAIT);
    if (waitMillis.isEmpty()) {
      request.caller().whenAnswered(node::stop);
      return Json.text(ANSWER);
    }
    node.stop();
    try {
      Thread.sleep(Math.max(0, waitMillis.get()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Json.text(ANSWER);
  }

  @Override
  public Pace pace(RpcRequest request) {
    return request.has(WAIT) ? Pace.LONG : Pace.QUICK;
  }
}
