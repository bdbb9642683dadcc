package org.farthing.node.rpc.method.network;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.PeersPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code setnetworkactive}. */
public final class SetNetworkActive implements RpcMethod {
  private static final Param<Boolean> STATE =
      Param.flag("state", "true for a network, false for none");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "setnetworkactive",
              Category.NETWORK,
              "Turns all talk with other nodes off, which ends all connections, or on again.")
          .takes(STATE)
          .returns(Result.flag("", "as it is now"))
          .example("false");

  private final PeersPort peers;
  private final NodeCalls calls;

  public SetNetworkActive(PeersPort peers, NodeCalls calls) {
    this.peers = peers;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    boolean wanted = request.get(STATE);
    calls.run(() -> peers.setActive(wanted));
    return Json.flag(wanted);
  }
}
