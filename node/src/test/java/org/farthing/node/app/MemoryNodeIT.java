package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.config.NodeConfigReader;
import org.farthing.node.config.Option;
import org.farthing.node.config.OptionReader;
import org.farthing.node.config.OptionValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes that have no folder, and are guests of another program. */
@Timeout(60)
class MemoryNodeIT {
  private static NodeConfig config() throws Exception {
    OptionValues values =
        new OptionValues()
            .add(Option.BIND, "127.0.0.1")
            .add(Option.PORT, "0")
            .add(Option.RPC_PORT, "0")
            .add(Option.RPC_USER, "alice")
            .add(Option.RPC_PASSWORD, "secret");
    return NodeConfigReader.readInMemory(new OptionReader(List.of(values)), "regtest");
  }

  private static Node start(String name) throws Exception {
    Node node = Node.of(config(), new Hosting(name, true));
    node.open();
    return node;
  }

  private static Stream<String> threads() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName);
  }

  private static long count(String prefix) {
    return threads().filter(name -> name.startsWith(prefix)).count();
  }

  @Test
  void aNodeNeedsNoFolder() throws Exception {
    try (Node node = start("one")) {
      assertThat(node.config().folder()).isEqualTo(Optional.empty());
      TestRpc rpc = TestRpc.withPassword(node.rpcPort(), "alice", "secret");
      rpc.call("createwallet", "w");
      String address = rpc.call("getnewaddress").asText();
      rpc.call("generatetoaddress", 101, address);
      assertThat(rpc.call("getbalance").decimalValue()).isEqualByComparingTo("50");
      assertThat(rpc.call("listwalletdir").at("/wallets/0/name").asText()).isEqualTo("w");
      assertThat(rpc.call("getrpcinfo").get("logpath").asText()).isEmpty();
      rpc.call("unloadwallet", "w");
      rpc.call("loadwallet", "w");
      assertThat(rpc.call("getbalance").decimalValue()).isEqualByComparingTo("50");
    }
  }

  @Test
  void threadsAreSharedAndEndWithTheLastNode() throws Exception {
    Node one = start("one");
    Node two = start("two");
    assertThat(count("farthing-io")).as("nobody has asked for a port yet").isZero();
    assertThat(one.rpcPort()).isPositive().isEqualTo(one.rpcPort());
    assertThat(one.listening()).isPresent().isEqualTo(one.listening());
    assertThat(two.rpcPort()).isPositive();
    assertThat(count("farthing-io")).isBetween(1L, 2L);
    one.close();
    TestRpc rpc = TestRpc.withPassword(two.rpcPort(), "alice", "secret");
    assertThat(rpc.call("getblockcount").asInt()).isZero();
    two.close();
    await().until(() -> count("farthing-io") == 0);
    assertThat(threads()).doesNotContain("one", "two");
  }
}
