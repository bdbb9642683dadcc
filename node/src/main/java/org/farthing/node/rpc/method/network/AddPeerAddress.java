package org.farthing.node.rpc.method.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.AddressesPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.node.wire.NetAddress;

/** {@code addpeeraddress}. */
public final class AddPeerAddress implements RpcMethod {
  private static final Param<String> ADDRESS = Param.text("address", "The address");
  private static final Param<Long> PORT = Param.unsigned("port", 16, "The port");
  private static final Param<Boolean> TRIED =
      Param.flag("tried", "As if there had been a connection to it").or(false);

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "addpeeraddress",
              Category.HIDDEN,
              "Remembers the address of a node, as if that had told it itself. For tests.")
          .takes(ADDRESS, PORT, TRIED)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.flag("success", "the address is remembered now"),
                  Result.text("error", "why not").maybe()))
          .example("\"1.2.3.4\" 8333 true");

  private final AddressesPort addresses;
  private final NodeCalls calls;

  public AddPeerAddress(AddressesPort addresses, NodeCalls calls) {
    this.addresses = addresses;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    NetAddress address = address(request.get(ADDRESS), request.get(PORT).intValue());
    boolean tried = request.get(TRIED);
    Optional<String> problem = calls.call(() -> problem(address, tried));
    ObjectNode json = Json.object();
    problem.ifPresent(text -> json.put("error", text));
    return json.put("success", problem.isEmpty());
  }

  private Optional<String> problem(NetAddress address, boolean tried) {
    if (!addresses.add(address)) {
      return Optional.of("failed-adding-to-new");
    }
    return tried && !addresses.markTried(address)
        ? Optional.of("failed-adding-to-tried")
        : Optional.empty();
  }

  /** Nothing is looked up. */
  private static NetAddress address(String text, int port) {
    try {
      return NetAddress.parse(text, port).withPort(port);
    } catch (DecodeException e) {
      throw new RpcException(RpcErrorCode.CLIENT_INVALID_IP_OR_SUBNET, "Invalid IP address");
    }
  }
}
