package org.farthing.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.primitives.Hash256;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.config.IndexConfig;
import org.farthing.testing.ChainBuilder;
import org.farthing.testing.TestKey;
import org.farthing.wallet.address.Address;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A miner with 110 coinbases pays twice to somebody, who spends one payment in the same block. */
class AddressMethodsTest {
  private static final IndexConfig ADDRESSES = new IndexConfig(false, false, false, false, true);
  private static final TestKey PAYEE = TestKey.number(2);
  private static final Script MINER = ChainBuilder.MINER.p2wpkh();
  private static final long COIN = 100_000_000;

  @TempDir Path folder;
  private NodeFixture node;
  private Transaction first;
  private Transaction second;
  private Transaction spend;

  @BeforeEach
  void open() {
    node = new NodeFixture(folder, ADDRESSES);
    ChainBuilder chain = node.builder;
    chain.mine(108);
    first = chain.spend(chain.coinbase(1), PAYEE.p2wpkh(), 10 * COIN);
    chain.mineWith(first);
    second =
        chain.spend(
            chain.coinbase(2),
            new TxOut(20 * COIN, PAYEE.p2wpkh()),
            new TxOut(29 * COIN, PAYEE.p2wpkh()));
    spend =
        ChainBuilder.spend(
            PAYEE, second.outPoint(0), second.outputs().get(0), new TxOut(19 * COIN, MINER));
    chain.mineWith(second, spend);
    node.call("syncwithvalidationinterfacequeue");
  }

  @AfterEach
  void close() {
    node.close();
  }

  private String address(Script script) {
    return Address.ofScript(script, node.builder.params().network()).orElseThrow().toString();
  }

  private String payee() {
    return address(PAYEE.p2wpkh());
  }

  private String hash(int height) {
    return node.builder.tip().ancestor(height).hash().toString();
  }

  private static List<String> texts(JsonNode array, String field) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.get(field).asText()));
    return texts;
  }

  @Test
  void balances() {
    JsonNode balance = node.call("getaddressbalance", payee());
    assertThat(balance.get("balance").asLong()).isEqualTo(39 * COIN);
    assertThat(balance.get("received").asLong()).isEqualTo(59 * COIN);
    assertThat(balance.get("utxos").asInt()).isEqualTo(2);
    assertThat(balance.get("outputs").asInt()).isEqualTo(3);
    assertThat(balance.get("transactions").asInt()).isEqualTo(3);
    JsonNode both =
        node.call("getaddressbalance", Map.of("addresses", List.of(payee(), "raw(" + MINER + ")")));
    assertThat(both.get("balance").asLong()).isEqualTo((39 + 108 * 50 + 19) * COIN);
    JsonNode nobody = node.call("getaddressbalance", address(TestKey.number(3).p2wpkh()));
    assertThat(nobody.get("balance").asLong()).isZero();
  }

  /** A script hash is shown by Electrum as all hashes are. */
  @Test
  void scriptsAreNamedInThreeWays() {
    byte[] hash = Sha256.hash(PAYEE.p2wpkh().toByteArray());
    assertThat(hash).hasSize(Hash256.SIZE);
    String scriptHash = Txid.of(hash).toString();
    JsonNode byAddress = node.call("getaddressbalance", payee());
    for (String name :
        List.of(
            scriptHash, "wpkh(" + Hex.encode(PAYEE.publicKey()) + ")", "addr(" + payee() + ")")) {
      assertThat(node.call("getaddressbalance", List.of(name))).isEqualTo(byAddress);
    }
    JsonNode combo = node.call("getaddressbalance", "combo(" + Hex.encode(PAYEE.publicKey()) + ")");
    assertThat(combo).isEqualTo(byAddress);
    JsonNode output = node.call("getaddressutxos", scriptHash).get(0);
    assertThat(output.get("script").asText()).isEqualTo(PAYEE.p2wpkh().toHex());
  }

  @Test
  void unspentOutputs() {
    JsonNode utxos = node.call("getaddressutxos", Map.of("addresses", List.of(payee())));
    assertThat(utxos).hasSize(2);
    JsonNode older = utxos.get(0);
    assertThat(older.get("address").asText()).isEqualTo(payee());
    assertThat(older.get("txid").asText()).isEqualTo(first.txid().toString());
    assertThat(older.get("outputIndex").asInt()).isZero();
    assertThat(older.get("script").asText()).isEqualTo(PAYEE.p2wpkh().toHex());
    assertThat(older.get("satoshis").asLong()).isEqualTo(10 * COIN);
    assertThat(older.get("height").asInt()).isEqualTo(109);
    assertThat(older.get("coinbase").asBoolean()).isFalse();
    JsonNode informed =
        node.call("getaddressutxos", Map.of("addresses", List.of(payee()), "chainInfo", true));
    assertThat(informed.get("utxos")).isEqualTo(utxos);
    assertThat(informed.get("hash").asText()).isEqualTo(hash(110));
    assertThat(informed.get("height").asInt()).isEqualTo(110);
    assertThat(informed.has("next")).isFalse();
  }

  @Test
  void unspentOutputsInPages() {
    List<String> addresses = List.of(payee(), address(MINER));
    JsonNode all = node.call("getaddressutxos", addresses);
    assertThat(all).hasSize(2 + 109);
    List<JsonNode> paged = new ArrayList<>();
    JsonNode page = node.call("getaddressutxos", Map.of("addresses", addresses, "limit", 2));
    assertThat(page.get("utxos")).hasSize(2);
    page.get("utxos").forEach(paged::add);
    while (page.has("next")) {
      page =
          node.call(
              "getaddressutxos",
              Map.of("addresses", addresses, "limit", 20, "after", page.get("next").asText()));
      page.get("utxos").forEach(paged::add);
    }
    assertThat(paged).containsExactlyElementsOf(all);
  }

  @Test
  void changes() {
    JsonNode deltas = node.call("getaddressdeltas", payee());
    assertThat(texts(deltas, "satoshis"))
        .containsExactly("1000000000", "2000000000", "2900000000", "-2000000000");
    assertThat(texts(deltas, "height")).containsExactly("109", "110", "110", "110");
    assertThat(texts(deltas, "blockindex")).containsExactly("1", "1", "1", "2");
    assertThat(texts(deltas, "index")).containsExactly("0", "0", "1", "0");
    JsonNode late =
        node.call(
            "getaddressdeltas", Map.of("addresses", List.of(payee()), "start", 110, "end", 200));
    assertThat(late).hasSize(3);
  }

  @Test
  void transactionsAreListedOnce() {
    assertThat(node.call("getaddresstxids", List.of(payee(), address(MINER))))
        .extracting(JsonNode::asText)
        .hasSize(110 + 3)
        .endsWith(second.txid().toString(), spend.txid().toString())
        .doesNotHaveDuplicates();
    assertThat(node.call("getaddresstxids", payee()))
        .extracting(JsonNode::asText)
        .containsExactly(
            first.txid().toString(), second.txid().toString(), spend.txid().toString());
  }

  @Test
  void historyBeginsWithTheNewest() {
    JsonNode history = node.call("getaddresshistory", payee());
    assertThat(history.get("bestblock").asText()).isEqualTo(hash(110));
    assertThat(history.has("cursor")).isFalse();
    JsonNode transactions = history.get("transactions");
    assertThat(texts(transactions, "txid"))
        .containsExactly(
            spend.txid().toString(), second.txid().toString(), first.txid().toString());
    assertThat(texts(transactions, "amount"))
        .containsExactly("-20.00000000", "49.00000000", "10.00000000");
    JsonNode newest = transactions.get(0);
    assertThat(newest.get("spent").decimalValue()).isEqualByComparingTo("20");
    assertThat(newest.get("received").decimalValue()).isEqualByComparingTo("0");
    assertThat(newest.get("confirmations").asInt()).isEqualTo(1);
    assertThat(newest.get("blockhash").asText()).isEqualTo(hash(110));
    assertThat(newest.get("blockindex").asInt()).isEqualTo(2);
  }

  @Test
  void historyInPagesOfEitherOrder() {
    for (String order : List.of("newest", "oldest")) {
      JsonNode all = node.call("getaddresshistory", address(MINER), 1000, null, order);
      assertThat(all.get("transactions")).hasSize(113);
      List<JsonNode> paged = new ArrayList<>();
      String cursor = null;
      do {
        JsonNode page = node.call("getaddresshistory", address(MINER), 7, cursor, order);
        page.get("transactions").forEach(paged::add);
        cursor = page.has("cursor") ? page.get("cursor").asText() : null;
      } while (cursor != null);
      assertThat(paged).containsExactlyElementsOf(all.get("transactions"));
    }
  }

  @Test
  void whatWaitsIsShownToo() {
    Transaction waiting =
        ChainBuilder.spend(
            PAYEE, first.outPoint(0), first.outputs().get(0), new TxOut(COIN, PAYEE.p2wpkh()));
    node.call("sendrawtransaction", Hex.encode(waiting.serialize()), 0);
    JsonNode entries = node.call("getaddressmempool", payee());
    assertThat(texts(entries, "satoshis")).containsExactly("-1000000000", "100000000");
    assertThat(entries.get(0).get("prevtxid").asText()).isEqualTo(first.txid().toString());
    assertThat(entries.get(1).has("prevtxid")).isFalse();
    JsonNode newest = node.call("getaddresshistory", payee()).get("transactions").get(0);
    assertThat(newest.get("txid").asText()).isEqualTo(waiting.txid().toString());
    assertThat(newest.get("confirmations").asInt()).isZero();
    assertThat(newest.get("amount").decimalValue()).isEqualByComparingTo("-9");
    assertThat(newest.get("fee").decimalValue()).isEqualByComparingTo("9");
    JsonNode oldestFirst =
        node.call("getaddresshistory", payee(), 3, null, "oldest").get("transactions");
    assertThat(oldestFirst.get(3).get("txid").asText()).isEqualTo(waiting.txid().toString());
    assertThat(
            node.call("getaddresshistory", payee(), 3, null, "oldest", false).get("transactions"))
        .hasSize(3);
  }

  @Test
  void aReorganisationIsFollowedAtOnce() {
    node.call("invalidateblock", hash(110));
    assertThat(node.call("getaddressbalance", payee()).get("balance").asLong())
        .isEqualTo(10 * COIN);
    assertThat(node.call("getaddresstxids", payee())).hasSize(1);
    node.builder.mine(3);
    assertThat(node.call("getaddressbalance", payee()).get("balance").asLong())
        .isEqualTo(10 * COIN);
  }

  @Test
  void wrongQueriesAreRefused() {
    assertThat(node.error(null, "getaddressbalance", "nonsense")).startsWith("-5 Invalid checksum");
    assertThat(node.error(null, "getaddressbalance", List.of()))
        .isEqualTo("-8 Addresses is expected to be a non-empty array");
    assertThat(node.error(null, "getaddressbalance", Map.of("address", payee())))
        .isEqualTo("-3 Missing addresses");
    assertThat(
            node.error(null, "getaddressutxos", Map.of("addresses", List.of(payee()), "page", 1)))
        .isEqualTo("-3 Unexpected key page");
    assertThat(
            node.error(
                null, "getaddressutxos", Map.of("addresses", List.of(payee()), "after", "1-2")))
        .isEqualTo("-8 Invalid \"after\": not the \"next\" of a page");
    assertThat(
            node.error(
                null,
                "getaddressdeltas",
                Map.of("addresses", List.of(payee()), "start", 5, "end", 4)))
        .isEqualTo("-8 End value is expected to be greater than start");
    assertThat(node.error(null, "getaddresshistory", payee(), 0))
        .isEqualTo("-8 count must be from 1 to 1000");
    assertThat(node.error(null, "getaddresshistory", payee(), 1, "x"))
        .isEqualTo("-8 Invalid cursor: not the \"cursor\" of a page");
    assertThat(node.error(null, "getaddresshistory", payee(), 1, null, "random"))
        .isEqualTo("-8 'random' is not a valid order");
  }

  @Test
  void withoutTheIndexTheMethodsSaySo() {
    try (NodeFixture bare = new NodeFixture(folder.resolve("bare"))) {
      assertThat(bare.error(null, "getaddressbalance", payee()))
          .isEqualTo(
              "-1 Address index is not enabled. Use -addressindex to enable address queries");
      assertThat(bare.call("getaddressmempool", payee())).isEmpty();
    }
  }
}
