package org.farthing.node.rpc.method.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.BansPort;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;

/** {@code listbanned}. */
public final class ListBanned implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of(
              "listbanned", Category.NETWORK, "Returns the addresses and subnets that are banned.")
          .returns(
              Result.array(
                  "",
                  "",
                  Result.object(
                      "",
                      "",
                      Result.text("address", "the address or subnet"),
                      Result.time("ban_created", "when the ban began"),
                      Result.time("banned_until", "when it ends"),
                      Result.time("ban_duration", "how long it lasts, in seconds"),
                      Result.time("time_remaining", "how long it still lasts, in seconds"))))
          .example("");

  private final BansPort bans;
  private final NodePort node;
  private final NodeCalls calls;

  public ListBanned(BansPort bans, NodePort node, NodeCalls calls) {
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
    ArrayNode json = Json.array();
    for (BansPort.Ban ban : calls.call(bans::all)) {
      json.addObject()
          .put("address", ban.range().toString())
          .put("ban_created", ban.createdSeconds())
          .put("banned_until", ban.untilSeconds())
          .put("ban_duration", ban.untilSeconds() - ban.createdSeconds())
          .put("time_remaining", ban.untilSeconds() - Math.floorDiv(node.nowMillis(), 1000L));
    }
    return json;
  }
}
