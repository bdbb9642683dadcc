package org.farthing.node.rpc.method.network;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.BansPort;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.HelpPage;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.NetRange;

/** {@code setban}. */
public final class SetBan implements RpcMethod {
  private static final Param<String> SUBNET =
      Param.text("subnet", "An address, or a subnet with its length or mask behind a slash");
  private static final Param<String> COMMAND = Param.text("command", "add or remove");
  private static final Param<Long> TIME =
      Param.number("bantime", "Seconds; 0: 24 hours, or what -bantime says").or(0);
  private static final Param<Boolean> ABSOLUTE =
      Param.flag("absolute", "The time is one in seconds since 1970").or(false);

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "setban",
              Category.NETWORK,
              "Bans an address or a subnet: who is there is disconnected, and not let in any more."
                  + " Or ends a ban.")
          .takes(SUBNET, COMMAND, TIME, ABSOLUTE)
          .returns(Result.nothing())
          .example("\"192.168.0.6\" \"add\" 86400")
          .example("\"192.168.0.0/24\" \"add\"");

  private final BansPort bans;
  private final NodePort node;
  private final NodeCalls calls;

  public SetBan(BansPort bans, NodePort node, NodeCalls calls) {
    this.bans = bans;
    this.node = node;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    String command = request.get(COMMAND);
    if (!command.equals("add") && !command.equals("remove")) {
      throw RpcException.misc(HelpPage.of(SPEC));
    }
    String text = request.get(SUBNET);
    boolean isSubnet = text.indexOf('/') >= 0;
    NetRange range =
        NetRange.parse(text)
            .filter(found -> isSubnet || isSomebody(found.lowest()))
            .orElseThrow(() -> invalid("Error: Invalid IP/Subnet"));
    calls.run(
        () -> {
          if (command.equals("add")) {
            add(range, isSubnet, request);
          } else if (!bans.unban(range)) {
            throw invalid(
                "Error: Unban failed. Requested address/subnet was not previously manually"
                    + " banned.");
          }
        });
    return Json.nothing();
  }

  /** Not all zeros, nor the address of everybody. */
  private static boolean isSomebody(NetAddress address) {
    boolean isNobody = true;
    boolean isEverybody = address.network() == AddressNetwork.IPV4;
    for (byte each : address.addressBytes()) {
      isNobody &= each == 0;
      isEverybody &= each == (byte) 0xff;
    }
    return !isNobody && !isEverybody;
  }

  private void add(NetRange range, boolean isSubnet, RpcRequest request) {
    if (isSubnet ? bans.isBanned(range) : bans.isBanned(range.lowest())) {
      throw new RpcException(
          RpcErrorCode.CLIENT_NODE_ALREADY_ADDED, "Error: IP/Subnet already banned");
    }
    long time = request.get(TIME);
    if (!request.get(ABSOLUTE)) {
      bans.banFor(range, time);
      return;
    }
    if (time < Math.floorDiv(node.nowMillis(), 1000L)) {
      throw RpcException.invalidParameter("Error: Absolute timestamp is in the past");
    }
    bans.banUntil(range, time);
  }

  private static RpcException invalid(String message) {
    return new RpcException(RpcErrorCode.CLIENT_INVALID_IP_OR_SUBNET, message);
  }
}
