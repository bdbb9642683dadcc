package org.farthing.node.rpc.method.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.port.PeersPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;

/** {@code getnettotals}. */
public final class GetNetTotals implements RpcMethod {
  private static final long DAY_SECONDS = 24 * 60 * 60;

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getnettotals",
              Category.NETWORK,
              "Returns what has travelled between this node and others since it was started.")
          .returns(
              Result.object(
                  "",
                  "",
                  Result.number("totalbytesrecv", "bytes"),
                  Result.number("totalbytessent", "bytes"),
                  Result.time("timemillis", "the system's time in milliseconds since 1970"),
                  Result.object(
                      "uploadtarget",
                      "how much is sent in a day",
                      Result.number("timeframe", "seconds for which a limit holds"),
                      Result.number("target", "bytes; 0: no limit"),
                      Result.flag("target_reached", "whether the limit is reached"),
                      Result.flag("serve_historical_blocks", "old blocks are served"),
                      Result.number("bytes_left_in_cycle", "bytes that may still be sent"),
                      Result.number("time_left_in_cycle", "seconds until the limit begins anew"))))
          .example("");

  private final PeersPort peers;
  private final NodePort node;
  private final NodeCalls calls;

  public GetNetTotals(PeersPort peers, NodePort node, NodeCalls calls) {
    this.peers = peers;
    this.node = node;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    PeersPort.Traffic traffic = calls.call(peers::traffic);
    ObjectNode json = Json.object();
    json.put("totalbytesrecv", traffic.received());
    json.put("totalbytessent", traffic.sent());
    json.put("timemillis", node.systemMillis());
    json.putObject("uploadtarget")
        .put("timeframe", DAY_SECONDS)
        .put("target", traffic.target().bytes())
        .put("target_reached", traffic.target().reached())
        .put("serve_historical_blocks", traffic.target().servesOldBlocks())
        .put("bytes_left_in_cycle", traffic.target().bytesLeft())
        .put("time_left_in_cycle", traffic.target().secondsLeft());
    return json;
  }
}
