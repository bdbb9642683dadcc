package org.farthing.node.rpc.method.network;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.PeersPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.HelpPage;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code addconnection}. */
public final class AddConnection implements RpcMethod {
  private static final Param<String> ADDRESS = Param.text("address", "The address, with its port");
  private static final Param<String> KIND =
      Param.text("connection_type", "outbound-full-relay, block-relay-only, addr-fetch or feeler");
  private static final Param<Boolean> V2 =
      Param.flag("v2transport", "Try the encrypted protocol (BIP324) first");

  private static final List<String> KINDS =
      List.of("outbound-full-relay", "block-relay-only", "addr-fetch", "feeler");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "addconnection",
              Category.HIDDEN,
              "Connects to a node as if this node had chosen it. Only on regtest.")
          .takes(ADDRESS, KIND, V2)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.text("address", "as it was given"),
                  Result.text("connection_type", "as it was given")))
          .example("\"192.168.0.6:8333\" \"outbound-full-relay\" false");

  private final PeersPort peers;
  private final ChainPort chain;
  private final NodeCalls calls;

  public AddConnection(PeersPort peers, ChainPort chain, NodeCalls calls) {
    this.peers = peers;
    this.chain = chain;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    if (!chain.params().network().name().equals("regtest")) {
      throw RpcException.misc("addconnection is for regression testing (-regtest mode) only.");
    }
    String address = request.get(ADDRESS);
    String kind = request.get(KIND).strip();
    if (!KINDS.contains(kind)) {
      throw RpcException.invalidParameter(HelpPage.of(SPEC));
    }
    boolean encrypted = request.get(V2);
    if (encrypted && !calls.call(peers::encrypts)) {
      throw RpcException.invalidParameter(
          "Error: Adding v2transport connections requires -v2transport init flag to be set.");
    }
    CompletableFuture<Void> outcome =
        calls
            .call(() -> peers.connectChosen(address, kind, encrypted))
            .orElseThrow(
                () ->
                    new RpcException(
                        RpcErrorCode.CLIENT_NODE_CAPACITY_REACHED,
                        "Error: Already at capacity for specified connection type."));
    calls.await(outcome);
    return Json.object().put("address", address).put("connection_type", kind);
  }
}
