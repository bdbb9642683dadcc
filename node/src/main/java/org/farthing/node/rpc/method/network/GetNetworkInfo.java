package org.farthing.node.rpc.method.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.farthing.node.config.CoreVersion;
import org.farthing.node.mempool.MempoolOptions;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.port.NetworkPorts;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.port.PeerInfo;
import org.farthing.node.rpc.port.PeersPort;
import org.farthing.node.rpc.port.PrivacyPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.Services;

/** {@code getnetworkinfo}. */
public final class GetNetworkInfo implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of("getnetworkinfo", Category.NETWORK, "Returns what this node is to others.")
          .returns(
              Result.object(
                  "",
                  "",
                  Result.number("version", "of Bitcoin Core, whose RPC this is"),
                  Result.text("subversion", "the user agent"),
                  Result.number("protocolversion", "of the P2P protocol"),
                  Result.hex("localservices", "bits of what this node offers"),
                  Result.array("localservicesnames", "their names", Result.text("", "")),
                  Result.flag("localrelay", "transactions of peers are taken and passed on"),
                  Result.number("timeoffset", "seconds that the peers' clocks differ"),
                  Result.number("tx_send_rate", "transactions/s that inbound peers are told of"),
                  Result.object(
                      "inv_buckets",
                      "what waits to be announced",
                      backlog("inbound", "to peers that called us"),
                      backlog("outbound", "to peers that we called")),
                  Result.number("connections", "peers"),
                  Result.number("connections_in", "that called us"),
                  Result.number("connections_out", "that we called"),
                  Result.flag("networkactive", "whether there is P2P at all"),
                  Result.array(
                      "networks",
                      "",
                      Result.object(
                          "",
                          "",
                          Result.text("name", "network (" + AddressNetwork.labels() + ")"),
                          Result.flag("limited", "not used by choice"),
                          Result.flag("reachable", "can be used"),
                          Result.text("proxy", "through which it is used"),
                          Result.flag(
                              "proxy_randomize_credentials", "each connection has its own"))),
                  Result.amount("relayfee", "coins/kvB that are passed on at least"),
                  Result.amount("incrementalfee", "coins/kvB that replacement costs"),
                  Result.array(
                      "localaddresses",
                      "at which others may find this node",
                      Result.object(
                          "",
                          "",
                          Result.text("address", ""),
                          Result.number("port", ""),
                          Result.number("score", ""))),
                  Result.array("warnings", "what the operator should know", Result.text("", ""))))
          .example("");

  private final NetworkPorts ports;
  private final MempoolPort mempool;
  private final NodePort node;
  private final NodeCalls calls;

  /** What has to be asked for together on the node's thread. */
  private record State(
      PeersPort.NetworkInfo network, List<PeerInfo> peers, List<PrivacyPort.Way> ways) {}

  public GetNetworkInfo(NetworkPorts ports, MempoolPort mempool, NodePort node, NodeCalls calls) {
    this.ports = ports;
    this.mempool = mempool;
    this.node = node;
    this.calls = calls;
  }

  private static Result backlog(String key, String description) {
    return Result.object(
        key,
        description,
        Result.number("backlog", "transactions"),
        Result.decimal("count_tok", "transactions that may go on at once"),
        Result.decimal("size_tok", "bytes that may go on at once"));
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    State state =
        calls.call(
            () ->
                new State(ports.peers().network(), ports.peers().peers(), ports.privacy().ways()));
    PeersPort.NetworkInfo network = state.network();
    long inbound = state.peers().stream().filter(peer -> peer.endpoint().inbound()).count();
    MempoolOptions.Fees fees = mempool.snapshot().options().fees();
    ObjectNode json = Json.object();
    json.put("version", CoreVersion.NUMBER);
    json.put("subversion", network.userAgent());
    json.put("protocolversion", network.protocolVersion());
    json.put("localservices", "%016x".formatted(network.services()));
    json.set("localservicesnames", Json.strings(Services.names(network.services())));
    json.put("localrelay", network.relay().local());
    json.put("timeoffset", network.timeOffsetSeconds());
    json.put("tx_send_rate", network.relay().perSecond());
    ObjectNode buckets = json.putObject("inv_buckets");
    backlog(buckets.putObject("inbound"), network.relay().inbound());
    backlog(buckets.putObject("outbound"), network.relay().outbound());
    json.put("connections", state.peers().size());
    json.put("connections_in", inbound);
    json.put("connections_out", state.peers().size() - inbound);
    json.put("networkactive", network.active());
    networks(json.putArray("networks"), state.ways());
    json.set("relayfee", Json.amount(fees.minimumRelay().satPerKvb()));
    json.set("incrementalfee", Json.amount(fees.incremental().satPerKvb()));
    addresses(json.putArray("localaddresses"), network.localAddresses());
    json.set("warnings", Json.strings(node.warnings()));
    return json;
  }

  private static void backlog(ObjectNode json, PeersPort.Backlog backlog) {
    json.put("backlog", backlog.waiting());
    json.put("count_tok", backlog.countTokens());
    json.put("size_tok", backlog.byteTokens());
  }

  private static void networks(ArrayNode json, List<PrivacyPort.Way> ways) {
    for (PrivacyPort.Way way : ways) {
      json.addObject()
          .put("name", way.network().label())
          .put("limited", !way.reachable())
          .put("reachable", way.reachable())
          .put("proxy", way.proxy().orElse(""))
          .put("proxy_randomize_credentials", way.isolated());
    }
  }

  private static void addresses(ArrayNode json, List<PeersPort.LocalAddress> addresses) {
    for (PeersPort.LocalAddress each : addresses) {
      json.addObject()
          .put("address", each.address().host())
          .put("port", each.address().port())
          .put("score", each.score());
    }
  }
}
