package org.farthing.node.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.node.mempool.MempoolResult;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.OrphansPort;
import org.farthing.testing.ChainBuilder;
import org.farthing.testing.TestKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits: a chain of three transactions, each of which pays more than the one before. */
class PoolMethodsTest {
  private static final TestKey ALICE = TestKey.number(2);
  private static final long COIN = 50_0000_0000L;

  @TempDir Path folder;
  private NodeFixture node;
  private final List<Transaction> family = new ArrayList<>();
  private Transaction stranger;

  @BeforeEach
  void open() {
    node = new NodeFixture(folder);
    ChainBuilder chain = node.builder;
    chain.mine(102);
    long rest = COIN;
    Transaction parent = chain.spend(chain.coinbase(1), new TxOut(rest -= 500, ALICE.p2wpkh()));
    family.add(parent);
    for (long fee : new long[] {1_000, 10_000}) {
      TxOut spent = parent.outputs().get(0);
      parent =
          ChainBuilder.spend(
              ALICE, parent.outPoint(0), spent, new TxOut(rest -= fee, ALICE.p2wpkh()));
      family.add(parent);
    }
    stranger = chain.spend(chain.coinbase(2), new TxOut(COIN - 300, ALICE.p2wpkh()));
    for (Transaction transaction : family) {
      accept(transaction);
    }
    accept(stranger);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private void accept(Transaction transaction) {
    assertThat(node.mempool.accept(transaction, node.builder.nowSeconds() * 1000))
        .isInstanceOf(MempoolResult.Accepted.class);
  }

  private String id(int index) {
    return family.get(index).txid().toString();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  @Test
  void ancestorsAndDescendants() {
    assertThat(texts(node.call("getmempoolancestors", id(2))))
        .containsExactlyInAnyOrder(id(0), id(1));
    assertThat(node.call("getmempoolancestors", id(0)).toString()).isEqualTo("[]");
    assertThat(texts(node.call("getmempooldescendants", id(0))))
        .containsExactlyInAnyOrder(id(1), id(2));
    JsonNode details = node.call("getmempooldescendants", id(1), true);
    assertThat(details.size()).isEqualTo(1);
    assertThat(details.get(id(2))).isEqualTo(node.call("getmempoolentry", id(2)));
    assertThat(details.get(id(2)).at("/fees/ancestor").decimalValue())
        .isEqualByComparingTo("0.000115");
  }

  /** The last pays for all: they are one chunk. */
  @Test
  void theClusterInThePartsThatAreMined() {
    JsonNode json = node.call("getmempoolcluster", id(1));
    long weight = family.stream().mapToLong(Transaction::weight).sum();
    assertThat(json.get("txcount").asInt()).isEqualTo(3);
    assertThat(json.get("clusterweight").asLong()).isEqualTo(weight);
    assertThat(json.get("chunks").size()).isEqualTo(1);
    JsonNode chunk = json.get("chunks").get(0);
    assertThat(chunk.get("chunkfee").decimalValue()).isEqualByComparingTo("0.000115");
    assertThat(chunk.get("chunkweight").asLong()).isEqualTo(weight);
    assertThat(texts(chunk.get("txs"))).containsExactly(id(0), id(1), id(2));
  }

  @Test
  void theDiagramGoesFromTheBestToTheWorst() {
    long weight = family.stream().mapToLong(Transaction::weight).sum();
    assertThat(new String(Json.bytes(node.call("getmempoolfeeratediagram")), UTF_8))
        .isEqualTo(
            "[{\"weight\":0,\"fee\":0.00000000},{\"weight\":%d,\"fee\":0.00011500},"
                    .formatted(weight)
                + "{\"weight\":%d,\"fee\":0.00011800}]".formatted(weight + stranger.weight()));
  }

  @Test
  void whatDoesNotWaitIsNotFound() {
    for (String method :
        List.of(
            "getmempoolancestors",
            "getmempooldescendants",
            "getmempoolcluster",
            "getmempoolentry")) {
      assertThat(node.error(null, method, "00".repeat(32)))
          .isEqualTo("-5 Transaction not in mempool");
      assertThat(node.error(null, method, "00"))
          .isEqualTo("-8 txid must be of length 64 (not 2, for '00')");
    }
  }

  @Test
  void orphansAreShown() {
    Transaction orphan = family.get(2);
    node.network.orphans.add(new OrphansPort.Orphan(orphan, List.of(3L, 5L)));
    assertThat(texts(node.call("getorphantxs"))).containsExactly(id(2));
    JsonNode one = node.call("getorphantxs", 1).get(0);
    assertThat(one.get("wtxid").asText()).isEqualTo(orphan.wtxid().toString());
    assertThat(one.get("bytes").asInt()).isEqualTo(orphan.totalSize());
    assertThat(one.get("vsize").asInt()).isEqualTo(orphan.virtualSize());
    assertThat(one.get("from").toString()).isEqualTo("[3,5]");
    assertThat(one.has("hex")).isFalse();
    assertThat(node.call("getorphantxs", 2).get(0).get("hex").asText())
        .isEqualTo(Hex.encode(orphan.serialize()));
    assertThat(node.error(null, "getorphantxs", 3)).isEqualTo("-8 Invalid verbosity value 3");
    assertThat(node.error(null, "getorphantxs", true))
        .isEqualTo("-3 Verbosity was boolean but only integer allowed");
  }
}
