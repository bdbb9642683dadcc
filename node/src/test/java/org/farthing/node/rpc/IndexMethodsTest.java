package org.farthing.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.config.IndexConfig;
import org.farthing.testing.TestKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The methods that read indexes, over a chain of 110 blocks with a payment in the last one. */
class IndexMethodsTest {
  private static final IndexConfig ALL = new IndexConfig(true, true, true, true, true);
  private static final TestKey PAYEE = TestKey.number(2);
  private static final long PAID_SAT = 1_000_000_000;
  private static final String NO_BLOCK = "f".repeat(64);
  private static final String PAYEE_DESCRIPTOR = "raw(" + PAYEE.p2wpkh() + ")";

  @TempDir Path folder;
  private NodeFixture node;
  private Transaction payment;

  @BeforeEach
  void open() {
    node = new NodeFixture(folder, ALL);
    node.builder.mine(109);
    payment = node.builder.spend(node.builder.coinbase(1), PAYEE.p2wpkh(), PAID_SAT);
    node.builder.mineWith(payment);
    node.call("syncwithvalidationinterfacequeue");
  }

  @AfterEach
  void close() {
    node.close();
  }

  private String hash(int height) {
    return node.builder.tip().ancestor(height).hash().toString();
  }

  private String txid() {
    return payment.txid().toString();
  }

  private static Map<String, Object> output(Object txid, Object index) {
    return Map.of("txid", txid, "vout", index);
  }

  @Test
  void eachIndexTellsHowFarItIs() {
    JsonNode all = node.call("getindexinfo");
    assertThat(all.fieldNames())
        .toIterable()
        .contains("txindex", "txospenderindex", "basic block filter index", "coinstatsindex");
    all.forEach(
        index -> {
          assertThat(index.get("synced").asBoolean()).isTrue();
          assertThat(index.get("best_block_height").asInt()).isEqualTo(110);
        });
    JsonNode one = node.call("getindexinfo", "txindex");
    assertThat(one).hasSize(1);
    assertThat(one.has("txindex")).isTrue();
    assertThat(node.call("getindexinfo", "nonsense")).isEmpty();
  }

  @Test
  void transactionsAreFoundWithoutTheirBlocks() {
    assertThat(node.call("getrawtransaction", txid()).asText())
        .isEqualTo(Hex.encode(payment.serialize()));
    JsonNode shown = node.call("getrawtransaction", txid(), 2);
    assertThat(shown.get("blockhash").asText()).isEqualTo(hash(110));
    assertThat(shown.get("confirmations").asInt()).isEqualTo(1);
    assertThat(shown.get("fee").decimalValue()).isEqualByComparingTo("40");
    assertThat(shown.get("vin").get(0).has("prevout")).isTrue();
    assertThat(shown.has("in_active_chain")).isFalse();
    assertThat(node.error(null, "getrawtransaction", NO_BLOCK))
        .isEqualTo(
            "-5 No such mempool or blockchain transaction. Use gettransaction for wallet"
                + " transactions.");
  }

  @Test
  void transactionsOfStaleBlocksAreFoundToo() {
    String block = hash(110);
    String coinbase = node.builder.coinbase(110).txid().toString();
    node.call("invalidateblock", block);
    JsonNode shown = node.call("getrawtransaction", coinbase, 1);
    assertThat(shown.get("blockhash").asText()).isEqualTo(block);
    assertThat(shown.get("confirmations").asInt()).isZero();
    assertThat(shown.has("time")).isFalse();
  }

  @Test
  void spendersAreFoundInTheChain() {
    String spent = node.builder.coinbase(1).txid().toString();
    JsonNode found =
        node.call(
            "gettxspendingprevout",
            List.of(output(spent, 0), output(txid(), 0)),
            Map.of("return_spending_tx", true));
    assertThat(found.get(0).get("spendingtxid").asText()).isEqualTo(txid());
    assertThat(found.get(0).get("spendingtx").asText()).isEqualTo(Hex.encode(payment.serialize()));
    assertThat(found.get(0).get("blockhash").asText()).isEqualTo(hash(110));
    assertThat(found.get(1)).hasSize(2);
    JsonNode waiting =
        node.call("gettxspendingprevout", List.of(output(spent, 0)), Map.of("mempool_only", true));
    assertThat(waiting.get(0)).hasSize(2);
  }

  @Test
  void wrongOutputsAreRefused() {
    assertThat(node.error(null, "gettxspendingprevout", List.of()))
        .isEqualTo("-8 Invalid parameter, outputs are missing");
    assertThat(node.error(null, "gettxspendingprevout", List.of(output(txid(), -1))))
        .isEqualTo("-8 Invalid parameter, vout cannot be negative");
    assertThat(node.error(null, "gettxspendingprevout", List.of(Map.of("vout", 1))))
        .isEqualTo("-3 Missing txid");
    assertThat(node.error(null, "gettxspendingprevout", List.of(output(42, 1))))
        .isEqualTo("-3 JSON value of type number for field txid is not of expected type string");
  }

  @Test
  void filtersOfBlocks() {
    JsonNode filter = node.call("getblockfilter", hash(110));
    assertThat(filter.get("filter").asText()).startsWith("02");
    assertThat(filter.get("header").asText()).hasSize(64);
    assertThat(node.error(null, "getblockfilter", NO_BLOCK)).isEqualTo("-5 Block not found");
    assertThat(node.error(null, "getblockfilter", hash(1), "extended"))
        .isEqualTo("-5 Unknown filtertype");
    String stale = hash(110);
    node.call("invalidateblock", stale);
    assertThat(node.call("getblockfilter", stale)).isEqualTo(filter);
  }

  @Test
  void blocksAreScannedByTheirFilters() {
    JsonNode found = node.call("scanblocks", "start", List.of(PAYEE_DESCRIPTOR));
    assertThat(found.get("from_height").asInt()).isZero();
    assertThat(found.get("to_height").asInt()).isEqualTo(110);
    assertThat(found.get("completed").asBoolean()).isTrue();
    assertThat(found.get("relevant_blocks").get(0).asText()).isEqualTo(hash(110));
    assertThat(found.get("relevant_blocks")).hasSize(1);
    assertThat(
            node.call("scanblocks", "start", List.of(PAYEE_DESCRIPTOR), 0, 109)
                .get("relevant_blocks"))
        .isEmpty();
    assertThat(
            node.call(
                    "scanblocks",
                    "start",
                    List.of(PAYEE_DESCRIPTOR),
                    110,
                    110,
                    "basic",
                    Map.of("filter_false_positives", true))
                .get("relevant_blocks"))
        .hasSize(1);
    assertThat(node.call("scanblocks", "status").isNull()).isTrue();
    assertThat(node.call("scanblocks", "abort").asBoolean()).isFalse();
  }

  @Test
  void wrongScansAreRefused() {
    List<String> objects = List.of(PAYEE_DESCRIPTOR);
    assertThat(node.error(null, "scanblocks", "start"))
        .isEqualTo("-1 scanobjects argument is required for the start action");
    assertThat(node.error(null, "scanblocks", "start", objects, 111))
        .isEqualTo("-1 Invalid start_height");
    assertThat(node.error(null, "scanblocks", "start", objects, 10, 9))
        .isEqualTo("-1 Invalid stop_height");
    assertThat(node.error(null, "scanblocks", "start", objects, 0, 1, "extended"))
        .isEqualTo("-5 Unknown filtertype");
    assertThat(node.error(null, "scanblocks", "begin")).isEqualTo("-8 Invalid action 'begin'");
  }

  @Test
  void activityOfDescriptors() {
    JsonNode activity =
        node.call(
                "getdescriptoractivity",
                List.of(hash(110), hash(110), hash(1)),
                List.of(PAYEE_DESCRIPTOR, "raw(" + TestKey.number(1).p2wpkh() + ")"))
            .get("activity");
    assertThat(activity)
        .extracting(event -> event.get("type").asText())
        .containsExactly("receive", "receive", "spend", "receive");
    JsonNode spend = activity.get(2);
    assertThat(spend.get("spend_txid").asText()).isEqualTo(txid());
    assertThat(spend.get("prevout_txid").asText())
        .isEqualTo(node.builder.coinbase(1).txid().toString());
    assertThat(spend.get("amount").decimalValue()).isEqualByComparingTo("50");
    assertThat(activity.get(3).get("height").asInt()).isEqualTo(110);
    assertThat(node.error(null, "getdescriptoractivity", List.of(NO_BLOCK), List.of()))
        .isEqualTo("-5 Block not found");
  }

  @Test
  void activityThatWaits() {
    Transaction waiting =
        node.builder.spend(node.builder.coinbase(2), PAYEE.p2wpkh(), 4_999_990_000L);
    node.call("sendrawtransaction", Hex.encode(waiting.serialize()));
    List<String> wanted = List.of(PAYEE_DESCRIPTOR);
    JsonNode activity = node.call("getdescriptoractivity", List.of(), wanted).get("activity");
    assertThat(activity).hasSize(1);
    assertThat(activity.get(0).has("blockhash")).isFalse();
    assertThat(node.call("getdescriptoractivity", List.of(), wanted, false).get("activity"))
        .isEmpty();
  }

  @Test
  void figuresAfterAnyBlock() {
    JsonNode walked = node.call("gettxoutsetinfo", "muhash", null, false);
    JsonNode indexed = node.call("gettxoutsetinfo", "muhash");
    ObjectNode common = indexed.deepCopy();
    common.remove(List.of("total_unspendable_amount", "block_info"));
    ((ObjectNode) walked).remove(List.of("disk_size", "transactions"));
    assertThat(common).isEqualTo(walked);
    JsonNode block = indexed.get("block_info");
    assertThat(block.get("prevout_spent").decimalValue()).isEqualByComparingTo("50");
    assertThat(block.get("new_outputs_ex_coinbase").decimalValue()).isEqualByComparingTo("10");
    assertThat(block.get("unspendables").get("unclaimed_rewards").decimalValue())
        .isEqualByComparingTo("40");
    assertThat(indexed.get("total_unspendable_amount").decimalValue()).isEqualByComparingTo("90");
    assertThat(node.call("gettxoutsetinfo", "muhash", 110)).isEqualTo(indexed);
    assertThat(node.call("gettxoutsetinfo", "muhash", hash(110))).isEqualTo(indexed);
    String stale = hash(110);
    node.call("invalidateblock", stale);
    assertThat(node.call("gettxoutsetinfo", "muhash").get("height").asInt()).isEqualTo(109);
    assertThat(node.call("gettxoutsetinfo", "muhash", stale)).isEqualTo(indexed);
  }

  @Test
  void wrongBlocksForFiguresAreRefused() {
    assertThat(node.error(null, "gettxoutsetinfo", "hash_serialized_3", 5))
        .isEqualTo("-8 hash_serialized_3 hash type cannot be queried for a specific block");
    assertThat(node.error(null, "gettxoutsetinfo", "none", 5, false))
        .isEqualTo("-8 Cannot set use_index to false when querying for a specific block");
    assertThat(node.error(null, "gettxoutsetinfo", "none", -1))
        .isEqualTo("-8 Target block height -1 is negative");
    assertThat(node.error(null, "gettxoutsetinfo", "none", 111))
        .isEqualTo("-8 Target block height 111 after current tip 110");
    assertThat(node.error(null, "gettxoutsetinfo", "none", NO_BLOCK))
        .isEqualTo("-5 Block not found");
  }
}
