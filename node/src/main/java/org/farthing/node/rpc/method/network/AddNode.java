package org.farthing.node.rpc.method.network;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.PeersPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.HelpPage;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code addnode}. */
public final class AddNode implements RpcMethod {
  private static final Param<String> NODE =
      Param.text("node", "A host or an address, with or without a port");
  private static final Param<String> COMMAND =
      Param.text("command", "add, remove, or onetry to connect once");
  private static final Param<Boolean> V2 =
      Param.flag("v2transport", "Try the encrypted protocol (BIP324) first")
          .otherwise("set by -v2transport");

  private static final List<String> COMMANDS = List.of("onetry", "add", "remove");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "addnode",
              Category.NETWORK,
              "Connects to a node, and again whenever the connection is lost; or undoes that.")
          .takes(NODE, COMMAND, V2)
          .returns(Result.nothing())
          .example("\"192.168.0.6:28760\" \"add\"");

  private final PeersPort peers;
  private final NodeCalls calls;

  public AddNode(PeersPort peers, NodeCalls calls) {
    this.peers = peers;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    String node = request.get(NODE);
    String command = request.get(COMMAND);
    if (!COMMANDS.contains(command)) {
      throw RpcException.misc(HelpPage.of(SPEC));
    }
    if (node.isBlank()) {
      throw RpcException.invalidParameter("Error: Node address cannot be empty");
    }
    boolean encrypts = calls.call(peers::encrypts);
    boolean encrypted = request.find(V2).orElse(encrypts);
    if (encrypted && !encrypts) {
      throw RpcException.invalidParameter(
          "Error: v2transport requested but not enabled (see -v2transport)");
    }
    switch (command) {
      case "onetry" -> calls.await(calls.call(() -> peers.connectOnce(node, encrypted)));
      case "add" -> add(node, encrypted);
      default -> remove(node);
    }
    return Json.nothing();
  }

  private void add(String node, boolean encrypted) {
    if (!calls.call(() -> peers.add(node, encrypted))) {
      throw new RpcException(RpcErrorCode.CLIENT_NODE_ALREADY_ADDED, "Error: Node already added");
    }
  }

  private void remove(String node) {
    if (!calls.call(() -> peers.remove(node))) {
      throw new RpcException(
          RpcErrorCode.CLIENT_NODE_NOT_ADDED,
          "Error: Node could not be removed. It has not been added previously.");
    }
  }
}
