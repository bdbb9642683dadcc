package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.farthing.node.config.ConfigException;
import org.farthing.node.config.DataDirectory;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.config.Option;
import org.farthing.node.config.OptionValues;
import org.farthing.node.config.Options;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole nodes with real threads, files and sockets. */
class NodeIT {
  private static final String ADDRESS = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";

  @TempDir Path folder;
  private final List<Node> nodes = new ArrayList<>();

  @AfterEach
  void close() {
    nodes.forEach(Node::close);
  }

  private NodeConfig config(String name, String... friends) throws ConfigException {
    OptionValues values =
        new OptionValues()
            .add(Option.NETWORK, "regtest")
            .add(Option.DATA_DIR, folder.resolve(name).toString())
            .add(Option.BIND, "127.0.0.1")
            .add(Option.PORT, "0")
            .add(Option.RPC_PORT, "0");
    for (String friend : friends) {
      values.add(Option.ADD_NODE, friend);
    }
    return Options.parse(values, Map.of()).config();
  }

  private Node start(NodeConfig config) throws StartException {
    Node node = Node.start(config);
    nodes.add(node);
    return node;
  }

  private static TestRpc rpc(Node node) {
    return new TestRpc(node.rpcPort(), node.config().data().cookie());
  }

  private static String address(Node node) {
    return node.listening().orElseThrow().toString();
  }

  private static void awaitSameTip(TestRpc one, TestRpc two) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> one.call("getbestblockhash").equals(two.call("getbestblockhash")));
  }

  @Test
  void twoNodesExchangeBlocksAndGoOnWhereTheyEnded() throws Exception {
    Node first = start(config("first"));
    TestRpc one = rpc(first);
    assertThat(one.call("generatetoaddress", 50, ADDRESS)).hasSize(50);
    Node second = start(config("second", address(first)));
    TestRpc two = rpc(second);
    awaitSameTip(one, two);
    assertThat(two.call("getblockcount").asInt()).isEqualTo(50);

    two.call("generatetoaddress", 1, ADDRESS);
    awaitSameTip(one, two);
    assertThat(one.call("getblockcount").asInt()).isEqualTo(51);
    JsonNode peer = one.call("getpeerinfo").get(0);
    assertThat(peer.get("inbound").asBoolean()).isTrue();
    assertThat(peer.get("subver").asText()).startsWith("/Farthing:");

    second.close();
    assertThat(second.config().data().cookie()).doesNotExist();
    assertThat(second.config().data().pid()).doesNotExist();
    one.call("generatetoaddress", 5, ADDRESS);
    Node again = start(config("second", address(first)));
    TestRpc three = rpc(again);
    awaitSameTip(one, three);
    assertThat(three.call("getblockcount").asInt()).isEqualTo(56);
  }

  @Test
  void aWalletPaysAnotherAcrossNodes() throws Exception {
    Node first = start(config("first"));
    Node second = start(config("second", address(first)));
    TestRpc alice = rpc(first);
    TestRpc bob = rpc(second);
    alice.call("createwallet", "alice");
    bob.call("createwallet", "bob");
    alice.call("generatetoaddress", 101, alice.call("getnewaddress").asText());
    awaitSameTip(alice, bob);
    assertThat(alice.call("getbalance").decimalValue()).isEqualByComparingTo("50");
    String txid = alice.call("sendtoaddress", bob.call("getnewaddress").asText(), 1.5).asText();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> bob.call("getrawmempool").toString().contains(txid));
    assertThat(bob.call("getbalances").at("/mine/untrusted_pending").decimalValue())
        .isEqualByComparingTo("1.5");
    alice.call("generatetoaddress", 1, alice.call("getnewaddress").asText());
    awaitSameTip(alice, bob);
    assertThat(bob.call("getbalance").decimalValue()).isEqualByComparingTo("1.5");

    second.close();
    TestRpc again = rpc(start(config("second", address(first))));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(again.call("getbalance").decimalValue()).isEqualByComparingTo("1.5"));
  }

  @Test
  void aDirectoryHoldsOneNode() throws Exception {
    start(config("only"));
    assertThatThrownBy(() -> Node.start(config("only")))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("already running");
  }

  @Test
  void aPortInUseIsNamed() throws Exception {
    Node first = start(config("first"));
    OptionValues values =
        new OptionValues()
            .add(Option.NETWORK, "regtest")
            .add(Option.DATA_DIR, folder.resolve("second").toString())
            .add(Option.BIND, "127.0.0.1")
            .add(Option.PORT, Integer.toString(first.listening().orElseThrow().port()))
            .add(Option.RPC_PORT, "0");
    NodeConfig config = Options.parse(values, Map.of()).config();
    assertThatThrownBy(() -> Node.start(config))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("listen");
    assertThat(config.data().pid()).as("nothing is left of the attempt").doesNotExist();
    assertThat(Files.isDirectory(config.data().folder())).isTrue();
  }

  @Test
  void whatAKilledNodeLeftMisleadsNobody() throws Exception {
    NodeConfig config = config("killed");
    DataDirectory data = config.data();
    List<Path> stale = List.of(data.pid(), data.rpcPort(), data.p2pPort(), data.cookie());
    Files.createDirectories(data.folder());
    for (Path file : stale) {
      Files.writeString(file, "1\n");
    }
    // A ledger that cannot be opened: the start ends half-way.
    Files.writeString(data.chainstate(), "in the way");
    assertThatThrownBy(() -> Node.start(config)).isInstanceOf(StartException.class);
    assertThat(stale).allSatisfy(file -> assertThat(file).doesNotExist());
  }

  @Test
  void stopEndsTheNode() throws Exception {
    Node node = start(config("one"));
    assertThat(rpc(node).call("stop").asText()).isNotEmpty();
    node.awaitStop();
    node.close();
    assertThat(node.failure()).isEmpty();
  }
}
