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

/** {@code ping}. */
public final class PingPeers implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of(
              "ping",
              Category.NETWORK,
              "Sends a ping to each peer. getpeerinfo tells what comes of it: pingtime, or pingwait"
                  + " while the answer is awaited. A peer answers in its turn: its backlog counts.")
          .returns(Result.nothing())
          .example("");

  private final PeersPort peers;
  private final NodeCalls calls;

  public PingPeers(PeersPort peers, NodeCalls calls) {
    this.peers = peers;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    calls.run(peers::ping);
    return Json.nothing();
  }
}
