package org.farthing.node.rpc.method.network;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.BansPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;

/** {@code clearbanned}. */
public final class ClearBanned implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of("clearbanned", Category.NETWORK, "Ends all bans.")
          .returns(Result.nothing())
          .example("");

  private final BansPort bans;
  private final NodeCalls calls;

  public ClearBanned(BansPort bans, NodeCalls calls) {
    this.bans = bans;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    calls.run(bans::clear);
    return Json.nothing();
  }
}
