package org.farthing.node.rpc.method.network;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.PeersPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code disconnectnode}. */
public final class DisconnectNode implements RpcMethod {
  private static final Param<String> ADDRESS =
      Param.text("address", "The peer's address and port, as in getpeerinfo")
          .otherwise("fallback to nodeid");
  private static final Param<Long> ID =
      Param.number("nodeid", "The peer's number, as in getpeerinfo")
          .otherwise("fallback to address");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "disconnectnode",
              Category.NETWORK,
              "Closes the connection to a peer, named by its address or by its number.")
          .takes(ADDRESS, ID)
          .returns(Result.nothing())
          .example("\"192.168.0.6:28760\"")
          .example("\"\" 1");

  private final PeersPort peers;
  private final NodeCalls calls;

  public DisconnectNode(PeersPort peers, NodeCalls calls) {
    this.peers = peers;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Optional<String> address = request.find(ADDRESS);
    Optional<Long> id = request.find(ID);
    if (id.isPresent() ? !address.orElse("").isEmpty() : address.isEmpty()) {
      throw new RpcException(
          RpcErrorCode.INVALID_PARAMS, "Only one of address and nodeid should be provided.");
    }
    boolean found =
        id.isPresent()
            ? calls.call(() -> peers.disconnect(id.get()))
            : calls.call(() -> peers.disconnect(address.orElseThrow()));
    if (!found) {
      throw new RpcException(
          RpcErrorCode.CLIENT_NODE_NOT_CONNECTED, "Node not found in connected nodes");
    }
    return Json.nothing();
  }
}
