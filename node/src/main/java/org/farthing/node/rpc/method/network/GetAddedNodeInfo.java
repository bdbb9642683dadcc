package org.farthing.node.rpc.method.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
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

/** {@code getaddednodeinfo}. */
public final class GetAddedNodeInfo implements RpcMethod {
  private static final Param<String> NODE =
      Param.text("node", "Only this one; all without it").orNothing();

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getaddednodeinfo", Category.NETWORK, "Returns the nodes that addnode has added.")
          .takes(NODE)
          .returns(
              Result.array(
                  "",
                  "",
                  Result.object(
                      "",
                      "",
                      Result.text("addednode", "as it was given"),
                      Result.flag("connected", "whether the connection stands"),
                      Result.array(
                          "addresses",
                          "empty while it does not",
                          Result.object(
                              "",
                              "",
                              Result.text("address", "that the name led to"),
                              Result.text("connected", "inbound or outbound"))))))
          .example("\"192.168.0.6:28760\"");

  private final PeersPort peers;
  private final NodeCalls calls;

  public GetAddedNodeInfo(PeersPort peers, NodeCalls calls) {
    this.peers = peers;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Optional<String> wanted = request.find(NODE);
    List<PeersPort.AddedNode> nodes =
        calls.call(peers::added).stream()
            .filter(node -> wanted.isEmpty() || node.address().equals(wanted.get()))
            .toList();
    if (wanted.isPresent() && nodes.isEmpty()) {
      throw new RpcException(RpcErrorCode.CLIENT_NODE_NOT_ADDED, "Error: Node has not been added.");
    }
    ArrayNode json = Json.array();
    nodes.forEach(node -> add(json.addObject(), node));
    return json;
  }

  private static void add(ObjectNode json, PeersPort.AddedNode node) {
    json.put("addednode", node.address());
    json.put("connected", node.connection().isPresent());
    ArrayNode addresses = json.putArray("addresses");
    node.connection()
        .ifPresent(
            connection ->
                addresses
                    .addObject()
                    .put("address", connection.address())
                    .put("connected", connection.inbound() ? "inbound" : "outbound"));
  }
}
