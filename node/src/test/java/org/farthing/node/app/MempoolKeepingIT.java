package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.farthing.node.app.TestNodes.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.farthing.node.config.Option;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits is there again after the next start. */
class MempoolKeepingIT {
  private static final int MATURITY = 100;

  /** Can be spent by anybody. */
  private static final String ANYONE = "raw(51)";

  private static final String SOMEBODY = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";

  @TempDir Path folder;
  private TestNodes nodes;
  private Node node;
  private TestRpc rpc;

  @BeforeEach
  void start() throws Exception {
    nodes = new TestNodes(folder);
    startAgain(Map.of());
    rpc.call("generatetodescriptor", MATURITY + 2, ANYONE);
  }

  @AfterEach
  void end() {
    nodes.close();
  }

  private void startAgain(Map<Option, String> further) throws Exception {
    if (node != null) {
      node.close();
    }
    Map<Option, String> options = new HashMap<>(further);
    options.put(Option.ACCEPT_NONSTANDARD, "1");
    node = nodes.startWith("node", options);
    rpc = rpc(node);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> rpc.call("getmempoolinfo").get("loaded").asBoolean());
  }

  /** Spends the output of a transaction, and returns the identifier of the payment. */
  private String pay(String txid, String coins) {
    JsonNode raw =
        rpc.call(
            "createrawtransaction",
            List.of(Map.of("txid", txid, "vout", 0)),
            List.of(Map.of(SOMEBODY, coins)));
    return rpc.call("sendrawtransaction", raw.asText(), 0).asText();
  }

  private String coinbase(int height) {
    String hash = rpc.call("getblockhash", height).asText();
    return rpc.call("getblock", hash).get("tx").get(0).asText();
  }

  private Path file() {
    return node.config().data().mempool();
  }

  @Test
  void waitingTransactionsTheirAgesAndPrioritiesOutliveTheNode() throws Exception {
    String one = pay(coinbase(1), "49.99");
    pay(coinbase(2), "49.98");
    rpc.call("prioritisetransaction", one, null, 1234);
    String absent = "01".repeat(32);
    rpc.call("prioritisetransaction", absent, null, 5);
    JsonNode before = rpc.call("getrawmempool", true);
    JsonNode priorities = rpc.call("getprioritisedtransactions");
    assertThat(before).hasSize(2);
    startAgain(Map.of());
    JsonNode after = rpc.call("getrawmempool", true);
    for (String txid : (Iterable<String>) before::fieldNames) {
      for (String field : List.of("time", "fees", "weight", "unbroadcast")) {
        assertThat(after.get(txid).get(field)).as(field).isEqualTo(before.get(txid).get(field));
      }
    }
    assertThat(rpc.call("getprioritisedtransactions")).isEqualTo(priorities);
  }

  @Test
  void whatABlockHasMeanwhileIsLeftOut() throws Exception {
    pay(coinbase(1), "49.99");
    String path = rpc.call("savemempool").get("filename").asText();
    rpc.call("generatetodescriptor", 1, ANYONE);
    assertThat(rpc.call("importmempool", path)).isEmpty();
    assertThat(rpc.call("getrawmempool")).isEmpty();
  }

  @Test
  void aDamagedFileIsLeftAloneAndTheNodeStarts() throws Exception {
    pay(coinbase(1), "49.99");
    startAgain(Map.of());
    assertThat(rpc.call("getrawmempool")).hasSize(1);
    node.close();
    byte[] bytes = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(bytes, bytes.length / 2));
    startAgain(Map.of());
    assertThat(rpc.call("getrawmempool")).isEmpty();
  }

  @Test
  void nothingIsKeptWhereThatIsNotWanted() throws Exception {
    pay(coinbase(1), "49.99");
    startAgain(Map.of(Option.PERSIST_MEMPOOL, "0"));
    assertThat(rpc.call("getrawmempool")).isEmpty();
  }
}
