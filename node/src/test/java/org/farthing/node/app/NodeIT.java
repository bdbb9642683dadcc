package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.farthing.node.app.TestNodes.address;
import static org.farthing.node.app.TestNodes.awaitSameTip;
import static org.farthing.node.app.TestNodes.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.farthing.node.config.DataDirectory;
import org.farthing.node.config.NodeConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole nodes with real threads, files and sockets. */
class NodeIT {
  private static final String ADDRESS = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";

  @TempDir Path folder;
  private TestNodes nodes;

  @BeforeEach
  void open() {
    nodes = new TestNodes(folder);
  }

  @AfterEach
  void close() {
    nodes.close();
  }

  @Test
  void twoNodesExchangeBlocksAndGoOnWhereTheyEnded() throws Exception {
    Node first = nodes.start("first");
    TestRpc one = rpc(first);
    assertThat(one.call("generatetoaddress", 50, ADDRESS)).hasSize(50);
    Node second = nodes.start("second", address(first));
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
    Node again = nodes.start("second", address(first));
    TestRpc three = rpc(again);
    awaitSameTip(one, three);
    assertThat(three.call("getblockcount").asInt()).isEqualTo(56);
  }

  @Test
  void aWalletPaysAnotherAcrossNodes() throws Exception {
    Node first = nodes.start("first");
    Node second = nodes.start("second", address(first));
    TestRpc alice = rpc(first);
    TestRpc bob = rpc(second);
    alice.call("createwallet", "alice", false, false, "", false, true, true);
    bob.call("createwallet", "bob", false, false, "", false, true, true);
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
    TestRpc again = rpc(nodes.start("second", address(first)));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(again.call("getbalance").decimalValue()).isEqualByComparingTo("1.5"));
  }

  @Test
  void aDirectoryHoldsOneNode() throws Exception {
    nodes.start("only");
    assertThatThrownBy(() -> Node.start(nodes.config("only")))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("already running");
  }

  @Test
  void aPortInUseIsNamed() throws Exception {
    Node first = nodes.start("first");
    NodeConfig config = nodes.config("second", first.listening().orElseThrow().port());
    assertThatThrownBy(() -> Node.start(config))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("listen");
    assertThat(config.data().pid()).as("nothing is left of the attempt").doesNotExist();
    assertThat(Files.isDirectory(config.data().folder())).isTrue();
  }

  @Test
  void whatAKilledNodeLeftMisleadsNobody() throws Exception {
    NodeConfig config = nodes.config("killed");
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
    Node node = nodes.start("one");
    assertThat(rpc(node).call("stop").asText()).isNotEmpty();
    node.awaitStop();
    node.close();
    assertThat(node.failure()).isEmpty();
  }
}
