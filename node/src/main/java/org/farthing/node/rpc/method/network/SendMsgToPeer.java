package org.farthing.node.rpc.method.network;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.PeersPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.node.wire.UnknownMessage;

/** {@code sendmsgtopeer}. */
public final class SendMsgToPeer implements RpcMethod {
  private static final int MAX_TYPE_LENGTH = 12;

  private static final Param<Long> PEER =
      Param.number("peer_id", "The peer's number, as in getpeerinfo");
  private static final Param<String> TYPE =
      Param.text("msg_type", "The message's type, at most " + MAX_TYPE_LENGTH + " characters");
  private static final Param<String> MESSAGE =
      Param.text("msg", "What stands in the message, in hex, without a header");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "sendmsgtopeer",
              Category.HIDDEN,
              "Sends a message to a peer, whatever stands in it. For tests.")
          .takes(PEER, TYPE, MESSAGE)
          .returns(Result.object("", "nothing in it"))
          .example("0 \"addr\" \"ffffff\"");

  private final PeersPort peers;
  private final NodeCalls calls;

  public SendMsgToPeer(PeersPort peers, NodeCalls calls) {
    this.peers = peers;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    long peer = request.get(PEER);
    UnknownMessage message = message(request.get(TYPE), request.get(MESSAGE));
    if (!calls.call(() -> peers.send(peer, message))) {
      throw RpcException.misc("Error: Could not send message to peer");
    }
    return Json.object();
  }

  private static UnknownMessage message(String type, String hex) {
    if (type.length() > MAX_TYPE_LENGTH) {
      throw RpcException.invalidParameter(
          "Error: msg_type too long, max length is " + MAX_TYPE_LENGTH);
    }
    if (!type.chars().allMatch(each -> each >= ' ' && each <= '~')) {
      throw RpcException.invalidParameter("Error: msg_type must be printable");
    }
    try {
      return new UnknownMessage(type, Hex.decode(hex));
    } catch (DecodeException e) {
      throw RpcException.invalidParameter("Error parsing input for msg");
    }
  }
}
