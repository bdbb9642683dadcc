package org.farthing.node.rpc.method.network;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.PeersPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;

/** {@code getconnectioncount}. */
public final class GetConnectionCount implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of("getconnectioncount", Category.NETWORK, "Returns the number of peers.")
          .returns(Result.number("", "the number of connections"))
          .example("");

  private final PeersPort peers;
  private final NodeCalls calls;

  public GetConnectionCount(PeersPort peers, NodeCalls calls) {
    this.peers = peers;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    return Json.number(calls.call(peers::peers).size());
  }
}
