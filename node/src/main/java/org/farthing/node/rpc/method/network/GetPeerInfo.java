package org.farthing.node.rpc.method.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.PeerInfo;
import org.farthing.node.rpc.port.PeersPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;
import org.farthing.node.transport.Encryption;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.MessageType;
import org.farthing.node.wire.Services;

/** {@code getpeerinfo}. */
public final class GetPeerInfo implements RpcMethod {
  private static final double MICROS = 1_000_000;

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getpeerinfo", Category.NETWORK, "Returns the peers, in the order of their ids.")
          .returns(
              Result.array(
                  "",
                  "",
                  Result.object(
                      "",
                      "",
                      Result.number("id", "the peer's number"),
                      Result.text("addr", "its address and port"),
                      Result.text("addrbind", "our end of the connection"),
                      Result.text("addrlocal", "our address as the peer sees it").maybe(),
                      Result.text(
                          "network",
                          "its network (" + AddressNetwork.labels() + ", not_publicly_routable)"),
                      Result.hex("services", "bits of what it offers"),
                      Result.array("servicesnames", "their names", Result.text("", "")),
                      Result.flag("relaytxes", "it wants to hear of transactions"),
                      Result.number(
                          "last_inv_sequence", "of the mempool, at the last announcement"),
                      Result.number("inv_to_send", "transactions to be announced"),
                      Result.time("lastsend", "0 for never"),
                      Result.time("lastrecv", "0 for never"),
                      Result.time("last_transaction", "0 for never"),
                      Result.time("last_block", "0 for never"),
                      Result.number("bytessent", "bytes"),
                      Result.number("bytesrecv", "bytes"),
                      Result.time("conntime", "since when it is connected"),
                      Result.number("timeoffset", "seconds that its clock differs"),
                      Result.decimal("pingtime", "seconds").maybe(),
                      Result.decimal("minping", "seconds").maybe(),
                      Result.decimal("pingwait", "seconds").maybe(),
                      Result.number("version", "of the protocol"),
                      Result.text("subver", "the user agent"),
                      Result.flag("inbound", "it called us"),
                      Result.flag(
                          "bip152_hb_to", "we want new blocks of it at once, in short form"),
                      Result.flag("bip152_hb_from", "it wants them of us"),
                      Result.number(
                          "presynced_headers",
                          "up to where its chain is weighed, -1 where that is not done"),
                      Result.number("synced_headers", "the last header in common"),
                      Result.number("synced_blocks", "the last block in common"),
                      Result.array("inflight", "heights asked for", Result.number("", "")),
                      Result.flag("addr_relay_enabled", "addresses are exchanged"),
                      Result.number("addr_processed", "addresses taken in"),
                      Result.number("addr_rate_limited", "addresses dropped"),
                      Result.array("permissions", "what it may do", Result.text("", "")),
                      Result.amount("minfeefilter", "coins/kvB that it wants at least"),
                      Result.map("bytessent_per_msg", "bytes", Result.number("type", "")),
                      Result.map("bytesrecv_per_msg", "bytes", Result.number("type", "")),
                      Result.text("connection_type", "inbound, outbound-full-relay, manual, ..."),
                      Result.text(
                          "transport_protocol_type", "detecting, v1 or v2 (encrypted, BIP324)"),
                      Result.text(
                          "session_id",
                          "of v2: the same on both sides, if nobody stands between"))))
          .example("");

  private final PeersPort peers;
  private final NodeCalls calls;

  public GetPeerInfo(PeersPort peers, NodeCalls calls) {
    this.peers = peers;
    this.calls = calls;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    ArrayNode json = Json.array();
    calls.call(peers::peers).forEach(peer -> json.add(peer(peer)));
    return json;
  }

  private static ObjectNode peer(PeerInfo peer) {
    ObjectNode json = Json.object();
    json.put("id", peer.id());
    json.put("addr", peer.endpoint().address());
    json.put("addrbind", peer.endpoint().bind());
    peer.endpoint().seenAs().ifPresent(text -> json.put("addrlocal", text));
    json.put("network", peer.endpoint().network());
    json.put("services", "%016x".formatted(peer.self().services()));
    json.set("servicesnames", Json.strings(Services.names(peer.self().services())));
    json.put("relaytxes", peer.self().relaysTransactions());
    json.put("last_inv_sequence", peer.relay().lastInvSequence());
    json.put("inv_to_send", peer.relay().toAnnounce());
    times(peer, json);
    json.put("version", peer.self().protocolVersion());
    json.put("subver", peer.self().userAgent());
    json.put("inbound", peer.endpoint().inbound());
    json.put("bip152_hb_to", peer.sync().compactBlocks().chosen());
    json.put("bip152_hb_from", peer.sync().compactBlocks().wanted());
    json.put("presynced_headers", peer.sync().presyncedHeaders());
    json.put("synced_headers", peer.sync().syncedHeaders());
    json.put("synced_blocks", peer.sync().syncedBlocks());
    ArrayNode inFlight = json.putArray("inflight");
    peer.sync().inFlight().forEach(inFlight::add);
    json.put("addr_relay_enabled", peer.relay().addressesEnabled());
    json.put("addr_processed", peer.relay().addressesProcessed());
    json.put("addr_rate_limited", peer.relay().addressesLimited());
    json.set("permissions", Json.strings(peer.endpoint().permissions()));
    json.set("minfeefilter", Json.amount(peer.relay().minFeeSatPerKvb()));
    json.set("bytessent_per_msg", byType(peer.link().traffic().sentByType()));
    json.set("bytesrecv_per_msg", byType(peer.link().traffic().receivedByType()));
    json.put("connection_type", peer.endpoint().connectionType());
    Encryption encryption = peer.link().encryption();
    json.put("transport_protocol_type", encryption.protocol().label());
    return json.put("session_id", encryption.sessionId());
  }

  private static void times(PeerInfo peer, ObjectNode json) {
    PeerInfo.Times times = peer.times();
    json.put("lastsend", times.lastSendSeconds());
    json.put("lastrecv", times.lastReceiveSeconds());
    json.put("last_transaction", times.lastTransactionSeconds());
    json.put("last_block", times.lastBlockSeconds());
    json.put("bytessent", peer.link().traffic().sent());
    json.put("bytesrecv", peer.link().traffic().received());
    json.put("conntime", times.connectedSeconds());
    json.put("timeoffset", peer.self().timeOffsetSeconds());
    times.pings().last().ifPresent(micros -> json.put("pingtime", micros / MICROS));
    times.pings().least().ifPresent(micros -> json.put("minping", micros / MICROS));
    times.pings().waiting().ifPresent(micros -> json.put("pingwait", micros / MICROS));
  }

  private static ObjectNode byType(Map<MessageType, Long> bytes) {
    Map<String, Long> sorted = new TreeMap<>();
    bytes.forEach((type, count) -> sorted.merge(type.command(), count, Long::sum));
    ObjectNode json = Json.object();
    sorted.forEach(json::put);
    return json;
  }
}
