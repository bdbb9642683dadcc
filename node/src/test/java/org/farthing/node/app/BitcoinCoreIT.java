package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;
import static org.farthing.node.app.TestNodes.address;
import static org.farthing.node.app.TestNodes.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.farthing.node.cli.process.BitcoindProcess;
import org.farthing.node.config.Option;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Bitcoin Core as a live peer on regtest. {@code -Dfarthing.bitcoind=PROGRAM} says where its
 * program is; without it these tests are skipped.
 */
class BitcoinCoreIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int LONG = 5_000;
  private static final int DEEP = 50;
  private static final int MATURITY = 100;

  /** Can be spent by anybody. */
  private static final String ANYONE = "raw(51)";

  @TempDir Path folder;
  private TestNodes nodes;
  private BitcoindProcess core;
  private Side ours;
  private Side theirs;

  /** One of the two nodes. */
  private record Side(TestRpc rpc, String address) {
    String tip() {
      return rpc.call("getbestblockhash").asText();
    }

    void mine(int blocks) {
      rpc.call("generatetodescriptor", blocks, ANYONE);
    }

    JsonNode peer() {
      return rpc.call("getpeerinfo").get(0);
    }

    /** Bytes of these messages that it has received. */
    long received(String command) {
      return peer().get("bytesrecv_per_msg").path(command).asLong();
    }

    void reorganise(int depth) {
      int height = rpc.call("getblockcount").asInt();
      rpc.call("invalidateblock", rpc.call("getblockhash", height - depth + 1).asText());
      // To somebody else: the same block again would be the one that is invalid.
      rpc.call("generatetodescriptor", depth + 1, "raw(0475755175757551)");
    }
  }

  private void start(boolean encrypted) throws Exception {
    String program = System.getProperty("farthing.bitcoind", "");
    assumeThat(program).as("-Dfarthing.bitcoind=PROGRAM").isNotEmpty();
    nodes = new TestNodes(folder);
    String v2 = encrypted ? "1" : "0";
    Node node =
        nodes.startWith(
            "farthing", Map.of(Option.V2_TRANSPORT, v2, Option.ACCEPT_NONSTANDARD, "1"));
    ours = new Side(rpc(node), address(node));
    int port = freePort();
    core =
        BitcoindProcess.start(
            Path.of(program),
            folder.resolve("core"),
            List.of(
                "-listen=1",
                "-bind=127.0.0.1:" + port,
                "-v2transport=" + v2,
                "-acceptnonstdtxn=1",
                "-disablewallet"));
    await().atMost(LIMIT).until(core::isReady);
    TestRpc coreRpc = new TestRpc(core.endpoint().port(), core.endpoint().cookie());
    theirs = new Side(coreRpc, "127.0.0.1:" + port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @AfterEach
  void close() throws InterruptedException {
    if (core != null) {
      core.askToStop();
      core.awaitStop();
    }
    if (nodes != null) {
      nodes.close();
    }
  }

  @ParameterizedTest(name = "encrypted {0}, we call {1}, we have the chain {2}")
  @CsvSource({
    "true, true, true",
    "true, true, false",
    "true, false, true",
    "true, false, false",
    "false, true, true",
    "false, true, false",
    "false, false, true",
    "false, false, false"
  })
  void eachFollowsTheOther(boolean encrypted, boolean weCall, boolean weGive) throws Exception {
    start(encrypted);
    Side giver = weGive ? ours : theirs;
    Side taker = weGive ? theirs : ours;
    giver.mine(LONG);
    Side caller = weCall ? ours : theirs;
    Side called = weCall ? theirs : ours;
    caller.rpc().call("addnode", called.address(), "onetry", encrypted);
    awaitSameTip();
    for (Side side : List.of(ours, theirs)) {
      assertThat(side.peer().get("transport_protocol_type").asText())
          .isEqualTo(encrypted ? "v2" : "v1");
    }
    taker.mine(1);
    awaitSameTip();
    expectCompactBlocks(giver, taker);
    expectCompactBlocks(taker, giver);
    for (Side side : List.of(giver, taker)) {
      side.mine(DEEP);
      awaitSameTip();
      side.reorganise(DEEP);
      awaitSameTip();
    }
  }

  /** A block with a payment that both know, in both modes of BIP-0152 as they choose them. */
  private void expectCompactBlocks(Side miner, Side other) {
    for (int i = 0; i < 3; i++) {
      String txid = pay(miner);
      await()
          .atMost(LIMIT)
          .until(() -> other.rpc().call("getrawmempool").toString().contains(txid));
      long before = other.received("cmpctblock");
      long whole = other.received("block");
      miner.mine(1);
      awaitSameTip();
      assertThat(other.received("cmpctblock")).isGreaterThan(before);
      assertThat(other.received("block")).isEqualTo(whole);
    }
  }

  /** Spends the oldest coinbase that is left, and returns the identifier of the payment. */
  private static String pay(Side side) {
    int height = side.rpc().call("getblockcount").asInt();
    for (int old = 1; old <= height - MATURITY; old++) {
      JsonNode hash = side.rpc().call("getblockhash", old);
      String txid = side.rpc().call("getblock", hash.asText()).get("tx").get(0).asText();
      if (!side.rpc().call("gettxout", txid, 0).isNull()) {
        String raw =
            side.rpc()
                .call(
                    "createrawtransaction",
                    List.of(Map.of("txid", txid, "vout", 0)),
                    List.of(Map.of("bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080", "49.999")))
                .asText();
        return side.rpc().call("sendrawtransaction", raw, 0).asText();
      }
    }
    throw new AssertionError("no coin is left");
  }

  private void awaitSameTip() {
    await().atMost(LIMIT).until(() -> ours.tip().equals(theirs.tip()));
  }
}
