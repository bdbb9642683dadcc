package org.farthing.node.rpc.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Supplier;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.spec.ResultCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of a request: it can be made, or it is known why not. */
final class Step {
  private static final Logger LOG = LoggerFactory.getLogger(Step.class);

  private final Envelope envelope;
  private final boolean checked;
  private MethodTable.Call call;
  private RpcException refusal;

  private Step(Envelope envelope, boolean checked) {
    this.envelope = envelope;
    this.checked = checked;
  }

  /**
   * Checks one request.
   *
   * @param call throws an {@link RpcException} if it cannot be made
   * @param checked hold the answer against what the method declares
   */
  static Step of(JsonNode request, Supplier<MethodTable.Call> call, boolean checked) {
    Step step = new Step(Envelope.of(request), checked);
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
      JsonNode result = call.run();
      if (checked) {
        check(result);
      }
      return result;
    } catch (RpcException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("RPC {} failed", call.spec().name(), e);
      throw new RpcException(RpcErrorCode.INTERNAL_ERROR, "Internal error: " + e);
    }
  }

  private void check(JsonNode result) {
    List<String> mismatches = ResultCheck.mismatches(call.spec(), result);
    if (!mismatches.isEmpty()) {
      String text =
          "Internal bug detected: RPC call \"%s\" returned incorrect type:\n%s"
              .formatted(call.spec().name(), String.join("\n", mismatches));
      LOG.error(text);
      throw RpcException.misc(text);
    }
  }
}
