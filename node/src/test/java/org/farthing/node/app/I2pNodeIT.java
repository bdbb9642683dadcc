package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.farthing.node.app.TestNodes.awaitSameTip;
import static org.farthing.node.app.TestNodes.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.farthing.node.config.Option;
import org.farthing.node.i2p.FakeSam;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole nodes that know each other by their addresses in I2P. */
@Timeout(120)
class I2pNodeIT {
  private static final String ADDRESS = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";

  /** It calls nobody else, so that there is somebody left to call privately. */
  private static final Map<Option, String> PRIVATE =
      Map.of(Option.PRIVATE_BROADCAST, "1", Option.MAX_CONNECTIONS, "0");

  @TempDir Path folder;
  private FakeSam sam;
  private TestNodes nodes;

  @BeforeEach
  void open() throws IOException {
    sam = new FakeSam();
    nodes = new TestNodes(folder);
  }

  @AfterEach
  void close() throws IOException {
    nodes.close();
    sam.close();
  }

  private Node start(String name, Map<Option, String> more) throws Exception {
    Map<Option, String> options = new HashMap<>(more);
    options.put(Option.I2P_SAM, "127.0.0.1:" + sam.address().getPort());
    return nodes.startWith(name, options);
  }

  /** Where the node says that it is. */
  private static String inI2p(TestRpc rpc) {
    await().until(() -> !rpc.call("getnetworkinfo").get("localaddresses").isEmpty());
    JsonNode own = rpc.call("getnetworkinfo").get("localaddresses").get(0);
    assertThat(own.get("port").asInt()).isZero();
    assertThat(own.get("address").asText()).endsWith(".b32.i2p");
    return own.get("address").asText();
  }

  private static JsonNode i2p(TestRpc rpc) {
    return StreamSupport.stream(rpc.call("getnetworkinfo").get("networks").spliterator(), false)
        .filter(each -> each.get("name").asText().equals("i2p"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void nodesFindAndFollowEachOther() throws Exception {
    TestRpc one = rpc(start("one", Map.of()));
    TestRpc two = rpc(start("two", Map.of()));
    String addressOfOne = inI2p(one);
    String addressOfTwo = inI2p(two);
    two.call("addnode", addressOfOne, "onetry");
    await().until(() -> one.call("getpeerinfo").size() == 1);
    one.call("generatetoaddress", 3, ADDRESS);
    awaitSameTip(one, two);
    JsonNode caller = one.call("getpeerinfo").get(0);
    assertThat(caller.get("network").asText()).isEqualTo("i2p");
    assertThat(caller.get("addr").asText()).isEqualTo(addressOfTwo + ":0");
    assertThat(caller.get("addrbind").asText()).isEqualTo(addressOfOne + ":0");
    assertThat(caller.get("inbound").asBoolean()).isTrue();
    assertThat(two.call("getpeerinfo").get(0).get("network").asText()).isEqualTo("i2p");
    JsonNode way = i2p(two);
    assertThat(way.get("reachable").asBoolean()).isTrue();
    assertThat(way.get("proxy").asText()).isEqualTo("127.0.0.1:" + sam.address().getPort());
    assertThat(way.get("proxy_randomize_credentials").asBoolean()).isFalse();
  }

  @Test
  void theAddressStaysFromRunToRun() throws Exception {
    Node first = start("one", Map.of());
    String address = inI2p(rpc(first));
    first.close();
    Path key = folder.resolve("one").resolve("regtest").resolve("i2p_private_key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(inI2p(rpc(start("one", Map.of())))).isEqualTo(address);
    assertThat(sam.count("DEST GENERATE")).isEqualTo(1);
  }

  @Test
  void withoutListeningThereItCallsFromAddressesOfOneUse() throws Exception {
    TestRpc one = rpc(start("one", Map.of()));
    TestRpc two = rpc(start("two", Map.of(Option.I2P_ACCEPT_INCOMING, "0")));
    two.call("addnode", inI2p(one), "onetry");
    await().until(() -> one.call("getpeerinfo").size() == 1);
    assertThat(two.call("getnetworkinfo").get("localaddresses")).isEmpty();
    assertThat(Files.exists(folder.resolve("two/regtest/i2p_private_key"))).isFalse();
  }

  @Test
  void aTransactionThatIsSentPrivatelyComesFromNobodyWhoIsKnown() throws Exception {
    TestRpc one = rpc(start("one", Map.of()));
    one.call("createwallet", "w");
    TestRpc two = rpc(start("two", PRIVATE));
    String addressOfTwo = inI2p(two);
    one.call("generatetoaddress", 101, one.call("getnewaddress").asText());
    two.call("addnode", inI2p(one), "onetry");
    awaitSameTip(one, two);
    two.call("setnetworkactive", false);
    await().until(() -> one.call("getpeerinfo").isEmpty());
    two.call("setnetworkactive", true);
    String signed = signedPayment(one);
    assertThat(one.call("getrawmempool")).isEmpty();
    // It may know the address already.
    two.call("addpeeraddress", inI2p(one), 0);
    two.call("sendrawtransaction", signed, "0.1");
    await().until(() -> one.call("getrawmempool").size() == 1);
    assertThat(two.call("getrawmempool")).isEmpty();
    assertThat(sam.requests).anyMatch(each -> each.contains("DESTINATION=TRANSIENT"));
    assertThat(one.call("getpeerinfo").findValuesAsText("addr"))
        .doesNotContain(addressOfTwo + ":0");
  }

  /** Of a coin that both nodes know; nobody has been told of it. */
  private static String signedPayment(TestRpc rpc) {
    JsonNode coin = rpc.call("listunspent").get(0);
    String raw =
        rpc.call(
                "createrawtransaction",
                List.of(
                    Map.of("txid", coin.get("txid").asText(), "vout", coin.get("vout").asInt())),
                List.of(Map.of(ADDRESS, "49.999")))
            .asText();
    return rpc.call("signrawtransactionwithwallet", raw).get("hex").asText();
  }
}
