package org.farthing.node.rpc.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Supplier;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of a request: it can be made, or it is known why not. */
final class Step {
  private static final Logger LOG = LoggerFactory.getLogger(Step.class);

  private final Envelope envelope;
  private MethodTable.Call call;
  private RpcException refusal;

  private Step(Envelope envelope) {
    this.envelope = envelope;
  }

  /**
   * Checks one request.
   *
   * @param call throws an {@link RpcException} if it cannot be made
   */
  static Step of(JsonNode request, Supplier<MethodTable.Call> call) {
    Step step = new Step(Envelope.of(request));
    try {
      step.envelope.check(request);
      step.call = call.get();
    } catch (RpcException e) {
      step.refusal = e;
    }
    return step;
  }

  Envelope envelope() {
    return envelope;
  }

  Pace pace() {
    try {
      return call == null ? Pace.QUICK : call.pace();
    } catch (RpcException e) {
      // It will be refused at once.
      return Pace.QUICK;
    }
  }

  /**
   * Makes the call.
   *
   * @throws RpcException the answer, if it is an error
   */
  JsonNode run() {
    if (refusal != null) {
      throw refusal;
    }
    try {
      return call.run();
    } catch (RpcException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("RPC {} failed", call.name(), e);
      throw new RpcException(RpcErrorCode.INTERNAL_ERROR, "Internal error: " + e);
    }
  }
}
