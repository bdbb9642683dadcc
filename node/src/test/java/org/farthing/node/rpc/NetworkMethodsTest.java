package org.farthing.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.farthing.node.rpc.port.PeerInfo;
import org.farthing.node.transport.Encryption;
import org.farthing.node.transport.Traffic;
import org.farthing.node.wire.MessageType;
import org.farthing.node.wire.NetRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkMethodsTest {
  private static final String ONION =
      "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion";

  @TempDir Path folder;
  private NodeFixture node;
  private NetworkFixture network;

  @BeforeEach
  void open() {
    node = new NodeFixture(folder);
    network = node.network;
  }

  @AfterEach
  void close() {
    node.close();
  }

  private static PeerInfo peer(long id) {
    return new PeerInfo(
        id,
        new PeerInfo.Endpoint(
            "192.0.2.7:8333",
            "192.0.2.1:5000",
            Optional.empty(),
            "ipv4",
            false,
            "manual",
            List.of("noban")),
        new PeerInfo.Self(70016, "/else/", 9, -2, true),
        new PeerInfo.Times(
            1,
            2,
            3,
            4,
            5,
            new PeerInfo.Pings(
                OptionalLong.of(1_500_000), OptionalLong.of(250_000), OptionalLong.empty())),
        new PeerInfo.Link(
            new Encryption(Encryption.Protocol.V2, "aa".repeat(32)),
            new Traffic(10, 20, Map.of(MessageType.PING, 10L), Map.of(MessageType.PONG, 20L))),
        new PeerInfo.Sync(12, 7, 6, List.of(8, 9), new PeerInfo.CompactBlocks(false, true)),
        new PeerInfo.Relay(1000, 2, 3, true, 4, 5));
  }

  private String banned() {
    return node.call("listbanned").findValuesAsText("address").toString();
  }

  @Test
  void bansAreMadeListedAndEnded() {
    node.call("setmocktime", 1_700_000_000);
    node.call("setban", "192.168.0.0/24", "add", 100);
    node.call("setban", "10.0.0.1", "add");
    node.call("setban", ONION, "add", 1_700_000_050, true);
    assertThat(banned()).isEqualTo("[10.0.0.1/32, 192.168.0.0/24, " + ONION + "]");
    assertThat(network.disconnected).contains(NetRange.parse("192.168.0.0/24").orElseThrow());
    node.call("setmocktime", 1_700_000_010);
    JsonNode ban = node.call("listbanned").get(1);
    assertThat(ban.get("ban_created").asLong()).isEqualTo(1_700_000_000);
    assertThat(ban.get("banned_until").asLong()).isEqualTo(1_700_000_100);
    assertThat(ban.get("ban_duration").asLong()).isEqualTo(100);
    assertThat(ban.get("time_remaining").asLong()).isEqualTo(90);
    assertThat(node.call("listbanned").get(0).get("ban_duration").asLong())
        .isEqualTo(NetworkFixture.USUAL_BAN_SECONDS);
    node.call("setban", "192.168.0.0/24", "remove");
    assertThat(banned()).isEqualTo("[10.0.0.1/32, " + ONION + "]");
    node.call("clearbanned");
    assertThat(banned()).isEqualTo("[]");
  }

  @Test
  void banErrorsInBitcoinCoresWords() {
    node.call("setban", "127.0.0.0/24", "add");
    assertThat(node.error(null, "setban", "127.0.0.1", "add"))
        .isEqualTo("-23 Error: IP/Subnet already banned");
    assertThat(node.error(null, "setban", "127.0.0.1", "remove"))
        .isEqualTo(
            "-30 Error: Unban failed. Requested address/subnet was not previously manually"
                + " banned.");
    assertThat(node.error(null, "setban", "10.0.0.1", "add", 123, true))
        .isEqualTo("-8 Error: Absolute timestamp is in the past");
    assertThat(node.error(null, "setban", "10.0.0.1", "ad")).startsWith("-1 setban \"subnet\"");
    // Within a banned subnet another one may be banned too.
    node.call("setban", "127.0.0.0/25", "add");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1/42", "0.0.0.0", "255.255.255.255", "::", "localhost", ""})
  void whatCannotBeBanned(String subnet) {
    assertThat(node.error(null, "setban", subnet, "add")).isEqualTo("-30 Error: Invalid IP/Subnet");
  }

  @Test
  void theNetworkIsTurnedOffAndOn() {
    assertThat(node.call("setnetworkactive", false).asBoolean()).isFalse();
    assertThat(node.call("getnetworkinfo").get("networkactive").asBoolean()).isFalse();
    assertThat(node.call("setnetworkactive", true).asBoolean()).isTrue();
    assertThat(node.call("getnetworkinfo").get("networkactive").asBoolean()).isTrue();
    assertThat(node.call("getnetworkinfo").get("timeoffset").asInt()).isEqualTo(3);
  }

  @Test
  void whatHasTravelled() {
    JsonNode json = node.call("getnettotals");
    assertThat(json.get("totalbytessent").asInt()).isEqualTo(1234);
    assertThat(json.get("totalbytesrecv").asInt()).isEqualTo(5678);
    assertThat(json.get("timemillis").asLong()).isEqualTo(1_234_567_890_123L);
    assertThat(json.at("/uploadtarget/target").asInt()).isEqualTo(9000);
    assertThat(json.at("/uploadtarget/target_reached").asBoolean()).isFalse();
    assertThat(json.at("/uploadtarget/serve_historical_blocks").asBoolean()).isTrue();
    assertThat(json.at("/uploadtarget/bytes_left_in_cycle").asInt()).isEqualTo(7766);
    assertThat(json.at("/uploadtarget/time_left_in_cycle").asInt()).isEqualTo(55);
  }

  @Test
  void peersAreShown() {
    network.peers.add(peer(3));
    assertThat(node.call("getconnectioncount").asInt()).isEqualTo(1);
    JsonNode json = node.call("getpeerinfo").get(0);
    assertThat(json.get("id").asInt()).isEqualTo(3);
    assertThat(json.get("pingtime").asDouble()).isEqualTo(1.5);
    assertThat(json.get("minping").asDouble()).isEqualTo(0.25);
    assertThat(json.has("pingwait")).isFalse();
    assertThat(json.get("timeoffset").asInt()).isEqualTo(-2);
    assertThat(json.get("bip152_hb_to").asBoolean()).isFalse();
    assertThat(json.get("bip152_hb_from").asBoolean()).isTrue();
    assertThat(json.get("last_inv_sequence").asInt()).isEqualTo(3);
    assertThat(json.get("minfeefilter").decimalValue()).isEqualByComparingTo("0.00001");
    assertThat(json.get("bytesrecv_per_msg").toString()).isEqualTo("{\"pong\":20}");
  }

  @Test
  void nodesAreAddedAndRemoved() {
    node.call("addnode", "a:1", "add");
    assertThat(node.error(null, "addnode", "a:1", "add"))
        .isEqualTo("-23 Error: Node already added");
    JsonNode added = node.call("getaddednodeinfo", "a:1").get(0);
    assertThat(added.toString())
        .isEqualTo("{\"addednode\":\"a:1\",\"connected\":false,\"addresses\":[]}");
    assertThat(node.error(null, "getaddednodeinfo", "b:1"))
        .isEqualTo("-24 Error: Node has not been added.");
    node.call("addnode", "a:1", "remove");
    assertThat(node.error(null, "addnode", "a:1", "remove"))
        .isEqualTo("-24 Error: Node could not be removed. It has not been added previously.");
    node.call("addnode", "b:1", "onetry", false);
    assertThat(network.deeds).containsExactly("connect b:1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"add", "remove", "onetry"})
  void nobodyIsNoNode(String command) {
    assertThat(node.error(null, "addnode", " ", command))
        .isEqualTo("-8 Error: Node address cannot be empty");
    assertThat(node.error(null, "addnode", "a", command, true))
        .isEqualTo("-8 Error: v2transport requested but not enabled (see -v2transport)");
  }

  @Test
  void anUnknownCommandIsAnsweredWithHelp() {
    assertThat(node.error(null, "addnode", "", "abc"))
        .startsWith("-1 addnode \"node\" \"command\"");
  }

  @Test
  void peersAreDisconnected() {
    network.peers.add(peer(3));
    node.call("disconnectnode", "192.0.2.7:8333");
    node.call("disconnectnode", "", 3);
    assertThat(node.error(null, "disconnectnode", "192.0.2.7:8333", 3))
        .isEqualTo("-32602 Only one of address and nodeid should be provided.");
    assertThat(node.error(null, "disconnectnode"))
        .isEqualTo("-32602 Only one of address and nodeid should be provided.");
    for (Object[] nobody : new Object[][] {{"221B Baker Street"}, {""}, {"", 4}}) {
      assertThat(node.error(null, "disconnectnode", nobody))
          .isEqualTo("-29 Node not found in connected nodes");
    }
  }

  @Test
  void connectionsAreMadeAsIfTheyWereChosen() {
    JsonNode json = node.call("addconnection", "10.0.0.1:5", " feeler ", false);
    assertThat(json.toString())
        .isEqualTo("{\"address\":\"10.0.0.1:5\",\"connection_type\":\"feeler\"}");
    assertThat(network.deeds).containsExactly("feeler 10.0.0.1:5");
    network.hasRoom = false;
    assertThat(node.error(null, "addconnection", "10.0.0.1:5", "block-relay-only", false))
        .isEqualTo("-34 Error: Already at capacity for specified connection type.");
    assertThat(node.error(null, "addconnection", "10.0.0.1:5", "manual", false))
        .startsWith("-8 addconnection \"address\"");
    assertThat(node.error(null, "addconnection", "10.0.0.1:5", "feeler", true))
        .isEqualTo(
            "-8 Error: Adding v2transport connections requires -v2transport init flag to be set.");
  }

  @Test
  void messagesAreSentAsTheyAre() {
    network.peers.add(peer(3));
    node.call("sendmsgtopeer", 3, "addr", "ffffff");
    node.call("sendmsgtopeer", 3, "", "");
    assertThat(network.deeds)
        .containsExactly("send UnknownMessage[addr, 3 bytes]", "send UnknownMessage[, 0 bytes]");
    assertThat(node.error(null, "sendmsgtopeer", 4, "addr", "ff"))
        .isEqualTo("-1 Error: Could not send message to peer");
    assertThat(node.error(null, "sendmsgtopeer", 3, "long_msg_type", "ff"))
        .isEqualTo("-8 Error: msg_type too long, max length is 12");
    assertThat(node.error(null, "sendmsgtopeer", 3, "addr", "f"))
        .isEqualTo("-8 Error parsing input for msg");
  }

  @Test
  void addressesAreRememberedAndShown() {
    node.call("setmocktime", 1_700_000_000);
    assertThat(node.call("addpeeraddress", "1.2.3.4", 8333, true).toString())
        .isEqualTo("{\"success\":true}");
    assertThat(node.call("addpeeraddress", "1.2.3.4", 8333).toString())
        .isEqualTo("{\"error\":\"failed-adding-to-new\",\"success\":false}");
    node.call("addpeeraddress", "2803:0:1234:abcd::1", 45324);
    node.call("addpeeraddress", ONION, 8333, true);
    JsonNode counts = node.call("getaddrmaninfo");
    assertThat(counts.get("all_networks").toString())
        .isEqualTo("{\"new\":1,\"tried\":2,\"total\":3}");
    assertThat(counts.get("ipv6").toString()).isEqualTo("{\"new\":1,\"tried\":0,\"total\":1}");
    assertThat(counts.get("i2p").get("total").asInt()).isZero();
    assertThat(node.call("getrawaddrman").get("new").elements().next().toString())
        .isEqualTo(
            "{\"address\":\"2803:0:1234:abcd::1\",\"port\":45324,\"services\":9,"
                + "\"time\":1700000000,\"network\":\"ipv6\","
                + "\"source\":\"2803:0:1234:abcd::1\",\"source_network\":\"ipv6\"}");
    assertThat(node.call("getrawaddrman").get("tried").size()).isEqualTo(2);
    assertThat(node.call("getnodeaddresses").size()).isEqualTo(1);
    assertThat(node.call("getnodeaddresses", 0).size()).isEqualTo(3);
    assertThat(node.call("getnodeaddresses", 0, "onion").get(0).toString())
        .isEqualTo(
            "{\"time\":1700000000,\"services\":9,\"address\":\""
                + ONION
                + "\",\"port\":8333,\"network\":\"onion\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "getnodeaddresses, -1, , -8 Address count out of range",
    "getnodeaddresses, 1, Foo, -8 Network not recognized: Foo",
    "addpeeraddress, 1.2.3.4, -1, -1 JSON integer out of range",
    "addpeeraddress, 1.2.3.4, 65536, -1 JSON integer out of range",
    "addpeeraddress, not_an_ip, 8333, -30 Invalid IP address",
    "addpeeraddress, '', 8333, -30 Invalid IP address"
  })
  void addressErrorsInBitcoinCoresWords(String method, String first, String second, String error) {
    assertThat(node.error(null, method, value(first), value(second))).isEqualTo(error);
  }

  private static Object value(String text) {
    return text != null && text.matches("-?[0-9]+") ? Integer.valueOf(text) : text;
  }
}
