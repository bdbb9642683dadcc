package org.farthing.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proofs that transactions are in a block. */
class TxOutProofTest {
  @TempDir Path folder;
  private NodeFixture node;

  @BeforeEach
  void open() {
    node = new NodeFixture(folder);
  }

  @AfterEach
  void close() {
    node.close();
  }

  /** Blocks of the coinbase and some transactions that anybody may make. */
  private List<String> blockOf(int transactions) {
    node.call("generatetodescriptor", transactions, "raw(51)");
    node.call("generatetodescriptor", 100, "raw(52)");
    JsonNode coins = node.call("scantxoutset", "start", List.of("raw(51)")).get("unspents");
    List<String> hex = new ArrayList<>();
    for (int i = 0; i < transactions; i++) {
      hex.add(
          node.call(
                  "createrawtransaction",
                  List.of(Map.of("txid", coins.get(i).get("txid").asText(), "vout", 0)),
                  Map.of("bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080", "49.99"))
              .asText());
    }
    String hash = node.call("generateblock", "raw(53)", hex).get("hash").asText();
    List<String> txids = new ArrayList<>();
    node.call("getblock", hash).get("tx").forEach(txid -> txids.add(txid.asText()));
    txids.add(hash);
    return txids;
  }

  @Test
  void whatIsProvenIsFoundInTheProof() {
    List<String> txids = blockOf(6);
    String hash = txids.remove(txids.size() - 1);
    for (int first = 0; first < txids.size(); first++) {
      List<String> wanted = new ArrayList<>(List.of(txids.get(first)));
      if (first % 2 == 1) {
        wanted.add(txids.get(first - 1));
      }
      String proof = node.call("gettxoutproof", wanted).asText();
      assertThat(node.call("gettxoutproof", wanted, hash).asText()).isEqualTo(proof);
      Collections.reverse(wanted);
      assertThat(node.call("verifytxoutproof", proof))
          .extracting(JsonNode::asText)
          .containsExactlyInAnyOrderElementsOf(wanted);
    }
  }

  @Test
  void whatIsNotProvenIsSaid() {
    List<String> txids = blockOf(1);
    String hash = txids.get(2);
    String unknown = "11".repeat(32);
    assertThat(node.error(null, "gettxoutproof", List.of()))
        .isEqualTo("-8 Parameter 'txids' cannot be empty");
    assertThat(node.error(null, "gettxoutproof", List.of(unknown, unknown)))
        .isEqualTo("-8 Invalid parameter, duplicated txid: " + unknown);
    assertThat(node.error(null, "gettxoutproof", List.of(unknown)))
        .isEqualTo("-5 Transaction not yet in block");
    assertThat(node.error(null, "gettxoutproof", List.of(unknown), hash))
        .isEqualTo("-5 Not all transactions found in specified or retrieved block");
    assertThat(node.error(null, "gettxoutproof", List.of(unknown), unknown))
        .isEqualTo("-5 Block not found");
    assertThat(node.error(null, "gettxoutproof", List.of("00")))
        .isEqualTo("-8 txid must be of length 64 (not 2, for '00')");

    String proof = node.call("gettxoutproof", List.of(txids.get(0))).asText();
    node.call("invalidateblock", hash);
    assertThat(node.error(null, "verifytxoutproof", proof))
        .isEqualTo("-5 Block not found in chain");
    node.call("reconsiderblock", hash);
    // The root, passed off as the only transaction.
    String root = proof.substring(72, 136);
    String tweaked = proof.substring(0, 160) + "01000000" + "01" + root + "0101";
    assertThat(node.call("verifytxoutproof", tweaked).size()).isZero();
    String other = proof.substring(0, 72) + unknown + proof.substring(136);
    assertThat(node.call("verifytxoutproof", other).size()).isZero();
    assertThat(node.error(null, "verifytxoutproof", "00"))
        .startsWith("-1 DataStream::read(): end of data");
  }
}
