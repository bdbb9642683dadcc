package org.farthing.node.rpc.method.control;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;

/**
 * {@code syncwithvalidationinterfacequeue}. Whoever follows the chain here does it on the node's
 * thread, before the thread goes on; so it is enough to have been on that thread.
 */
public final class SyncWithValidationInterfaceQueue implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of(
              "syncwithvalidationinterfacequeue",
              Category.HIDDEN,
              "Waits until mempool, wallets and all others have seen the changes made so far.")
          .returns(Result.nothing())
          .example("");

  private final NodeCalls calls;

  public SyncWithValidationInterfaceQueue(NodeCalls calls) {
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    calls.run(() -> {});
    return Json.nothing();
  }
}
