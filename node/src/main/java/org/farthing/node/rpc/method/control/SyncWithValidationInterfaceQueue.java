package org.farthing.node.rpc.method.control;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.indexes.Indexes;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;

/**
 * {@code syncwithvalidationinterfacequeue}. Indexes follow the chain on threads of their own; all
 * others do it on the node's thread, before it goes on, so that it is enough to have been there.
 */
public final class SyncWithValidationInterfaceQueue implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of(
              "syncwithvalidationinterfacequeue",
              Category.HIDDEN,
              "Waits until mempool, wallets and all others have seen the changes made so far.")
          .returns(Result.nothing())
          .example("");

  private final Indexes indexes;
  private final NodeCalls calls;

  public SyncWithValidationInterfaceQueue(Indexes indexes, NodeCalls calls) {
    this.indexes = indexes;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    calls.run(() -> {});
    indexes.awaitTip();
    return Json.nothing();
  }
}
