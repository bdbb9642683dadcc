package org.farthing.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeeMethodsTest {
  private static final String NO_ANSWER = "Insufficient data or no feerate found";
  private static final int PAYMENTS = 10;

  /** Of the short horizon, with each block. */
  private static final double DECAY = 0.962;

  @TempDir Path folder;
  private NodeFixture node;
  private int nextCoinbase = 1;

  @BeforeEach
  void open() {
    node = new NodeFixture(folder);
    node.builder.mine(200);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private Transaction payment(long feeSat) {
    Transaction tx =
        node.builder.spend(
            node.builder.coinbase(nextCoinbase),
            new TxOut(
                node.builder.params().subsidy().at(nextCoinbase) - feeSat,
                ChainBuilder.MINER.p2wpkh()));
    nextCoinbase++;
    node.call("sendrawtransaction", Hex.encode(tx.serialize()), 0);
    return tx;
  }

  /** Each block takes ten payments that came after the one before it. */
  private long paidBlocks(int count, long feeSat) {
    long vbytes = 0;
    for (int i = 0; i < count; i++) {
      Transaction[] payments = new Transaction[PAYMENTS];
      for (int j = 0; j < PAYMENTS; j++) {
        payments[j] = payment(feeSat);
        vbytes = payments[j].virtualSize();
      }
      node.builder.mineWith(payments);
    }
    return vbytes;
  }

  private JsonNode smart(int target, String estimator) {
    return node.call(
        "estimatesmartfee", target, "economical", Map.of("fee_rate_estimator", estimator));
  }

  private static long sat(JsonNode json) {
    return json.get("feerate").decimalValue().movePointRight(8).longValueExact();
  }

  @Test
  void withoutPaymentsNothingIsKnown() {
    JsonNode answer = node.call("estimatesmartfee", 6);
    assertThat(answer.get("errors").get(0).asText()).isEqualTo(NO_ANSWER);
    assertThat(answer.has("feerate")).isFalse();
    assertThat(answer.get("blocks").asInt()).isZero();
    JsonNode raw = node.call("estimaterawfee", 13);
    assertThat(raw.has("short")).isFalse();
    assertThat(raw.at("/medium/errors/0").asText()).isEqualTo(NO_ANSWER + " which meets threshold");
    assertThat(raw.at("/medium/decay").asDouble()).isEqualTo(0.9952);
    assertThat(raw.at("/long/scale").asInt()).isEqualTo(24);
    // The blocks are known, and had room: the least will do.
    assertThat(sat(smart(2, "mempool_policy"))).isEqualTo(100);
  }

  @Test
  void aGuessSaysWhatItRestsOn() {
    paidBlocks(1, 20_000);
    JsonNode guess = smart(3, "room_in_blocks");
    assertThat(sat(guess)).isEqualTo(100);
    assertThat(guess.get("blocks").asInt()).isEqualTo(3);
    assertThat(guess.get("rests_on").asText())
        .endsWith("blocks had room left, what waits is expected to fit into 3");
  }

  @Test
  void whatOthersPaidIsTheAnswer() {
    long rate = 20_000_000 / paidBlocks(8, 20_000);
    JsonNode ofBlocks = smart(1, "block_policy");
    assertThat(sat(ofBlocks)).isBetween(rate - 200, rate + 200);
    assertThat(ofBlocks.get("blocks").asInt()).isEqualTo(2);
    assertThat(ofBlocks.has("estimator")).isFalse();
    assertThat(sat(node.call("estimaterawfee", 2).get("short"))).isEqualTo(sat(ofBlocks));
    // Nothing waits, so that less would do: both together say so.
    JsonNode both = smart(2, "none");
    assertThat(both.get("estimator").asText()).isEqualTo("mempool_policy");
    assertThat(sat(both)).isEqualTo(100);
    JsonNode blocks =
        node.call("estimatesmartfee", 2, "CONSERVATIVE", Map.of("verbosity", 2))
            .get("mempool_health_statistics");
    assertThat(blocks).hasSize(6);
    assertThat(blocks.get(0).get("block_height").asInt()).isEqualTo(208);
    assertThat(blocks.get(0).get("block_weight").asLong()).isPositive();
    assertThat(blocks.get(0).get("mempool_txs_weight"))
        .isEqualTo(blocks.get(0).get("block_weight"));
  }

  /** Nobody knows which of two fees a miner took them for. */
  @Test
  void whoSpendsWhatWaitsIsNotFollowed() {
    paidBlocks(6, 20_000);
    double seen = confirmed();
    Transaction parent = payment(20_000);
    Transaction child =
        ChainBuilder.spend(
            ChainBuilder.MINER,
            parent.outPoint(0),
            parent.outputs().get(0),
            new TxOut(parent.outputs().get(0).valueSat() - 90_000, ChainBuilder.MINER.p2wpkh()));
    node.call("sendrawtransaction", Hex.encode(child.serialize()), 0);
    node.builder.mineWith(parent, child);
    // One more was counted, and not two.
    assertThat(confirmed()).isCloseTo(seen * DECAY + 1, within(0.02));
  }

  private double confirmed() {
    return node.call("estimaterawfee", 1, 0).at("/short/pass/totalconfirmed").asDouble();
  }

  @Test
  void whatAReorganisationBringsBackIsNotFollowedAgain() {
    paidBlocks(6, 20_000);
    double seen = confirmed();
    Block last = node.builder.block(node.builder.tip().height());
    node.builder.fork(node.builder.tip().height() - 1, 2);
    node.mempool.settle(node.builder.nowSeconds() * 1000);
    assertThat(node.mempool.count()).isEqualTo(PAYMENTS);
    Transaction[] again = last.transactions().subList(1, PAYMENTS + 1).toArray(new Transaction[0]);
    node.builder.mineWith(again);
    assertThat(confirmed()).isCloseTo(seen * DECAY * DECAY, within(0.02));
  }

  @Test
  void whatCannotBeAsked() {
    for (Object target : List.of(0, -1, 1009)) {
      assertThat(node.error(null, "estimatesmartfee", target))
          .isEqualTo("-8 Invalid conf_target, must be between 1 and 1008");
      assertThat(node.error(null, "estimaterawfee", target))
          .isEqualTo("-8 Invalid conf_target, must be between 1 and 1008");
    }
    assertThat(node.error(null, "estimatesmartfee", 1, "foo"))
        .isEqualTo(
            "-8 Invalid estimate_mode parameter, must be one of: \"unset\", \"economical\","
                + " \"conservative\"");
    assertThat(node.error(null, "estimaterawfee", 1, 1.1)).isEqualTo("-8 Invalid threshold");
    assertThat(node.error(null, "estimatesmartfee", 1, "unset", Map.of("block_policy_only", true)))
        .isEqualTo("-3 Unexpected key block_policy_only");
  }
}
