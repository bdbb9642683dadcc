package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.primitives.FilterHash;
import org.farthing.consensus.primitives.FilterHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node with all indexes is killed (SIGKILL) at random moments while its chain grows and goes
 * back. Started again, each index says of the whole chain what the chain says itself. {@code
 * -Dfarthing.indexCrash.rounds} makes more rounds, {@code -Dfarthing.indexCrash.seed} repeats the
 * decisions of a run, though not its timing.
 */
class IndexCrashIT {
  private static final int ROUNDS = Integer.getInteger("farthing.indexCrash.rounds", 4);
  private static final long SEED = Long.getLong("farthing.indexCrash.seed", System.nanoTime());
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int LONGEST_LIFE_MILLIS = 900;
  private static final int MATURITY = 100;

  /** Can be spent by anybody. */
  private static final String ANYONE = "raw(51)";

  private static final List<String> OPTIONS =
      List.of(
          "--tx-index",
          "--txo-spender-index",
          "--block-filter-index",
          "--coin-stats-index",
          "--address-index",
          "--accept-non-std-txn");

  @TempDir Path folder;
  private final Random random = new Random(SEED);
  private KillableNode process;
  private TestRpc node;
  private final AtomicInteger payments = new AtomicInteger();

  @AfterEach
  void end() {
    if (process != null) {
      process.close();
    }
  }

  @Test
  void indexesOfAKilledNodeAgreeWithItsChain(TestReporter reporter) throws Exception {
    reporter.publishEntry("farthing.indexCrash.seed", Long.toString(SEED));
    launch();
    node.call("generatetodescriptor", MATURITY + 10, ANYONE);
    for (int round = 0; round < ROUNDS; round++) {
      try {
        CompletableFuture<Void> busy = CompletableFuture.runAsync(this::moveUntilKilled);
        process.runFor(random.nextInt(LONGEST_LIFE_MILLIS));
        process.kill();
        busy.join();
        launch();
        expectAgreement();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed %d, round %d: %s".formatted(SEED, round + 1, e), e);
      }
    }
    reporter.publishEntry(
        "payments and height", payments + " " + node.call("getblockcount").asText());
    assertThat(payments.get()).isPositive();
    assertThat(process.stop()).as("exit code").isZero();
  }

  private void launch() throws Exception {
    process = KillableNode.launch(folder, OPTIONS);
    node = process.awaitReady();
    await()
        .atMost(LIMIT)
        .until(
            () ->
                StreamSupport.stream(node.call("getindexinfo").spliterator(), false)
                    .allMatch(index -> index.get("synced").asBoolean()));
    node.call("syncwithvalidationinterfacequeue");
  }

  private void moveUntilKilled() {
    Random own = new Random(random.nextLong());
    try {
      // The one before may have been killed after it made a block invalid.
      mineOther(own);
      while (true) {
        int height = node.call("getblockcount").asInt();
        if (own.nextInt(4) == 0) {
          int back = 1 + own.nextInt(3);
          String hash = node.call("getblockhash", height - back).asText();
          node.call("invalidateblock", hash);
          mineOther(own);
          node.call("generatetodescriptor", back + 1, ANYONE);
        } else {
          pay(height);
          node.call("generatetodescriptor", 1, ANYONE);
        }
      }
    } catch (RuntimeException | AssertionError e) {
      // What a node that is gone could not be asked any more does not matter.
      if (answers()) {
        throw e;
      }
    }
  }

  /** To somebody else each time: the same block again could be one that was made invalid. */
  private void mineOther(Random own) {
    node.call("generatetodescriptor", 1, "raw(04%08x7551)".formatted(own.nextInt()));
  }

  private boolean answers() {
    try {
      node.call("getblockcount");
      return true;
    } catch (RuntimeException | AssertionError e) {
      return false;
    }
  }

  /** Spends the oldest coinbase that is left. */
  private void pay(int height) {
    for (int old = 1; old <= height - MATURITY; old++) {
      JsonNode block = node.call("getblock", node.call("getblockhash", old).asText());
      String txid = block.get("tx").get(0).asText();
      if (!node.call("gettxout", txid, 0).isNull()) {
        JsonNode raw =
            node.call(
                "createrawtransaction",
                List.of(Map.of("txid", txid, "vout", 0)),
                List.of(Map.of("bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080", 1)));
        node.call("sendrawtransaction", raw.asText(), 0);
        payments.incrementAndGet();
        return;
      }
    }
  }

  private void expectAgreement() throws Exception {
    int height = node.call("getblockcount").asInt();
    FilterHeader header = FilterHeader.ZERO;
    long receivedSat = 0;
    for (int i = 0; i <= height; i++) {
      String hash = node.call("getblockhash", i).asText();
      JsonNode filter = node.call("getblockfilter", hash);
      byte[] bytes = Hex.decode(filter.get("filter").asText());
      header = header.next(FilterHash.of(Sha256.doubleHash(bytes)));
      assertThat(filter.get("header").asText()).isEqualTo(header.toString());
      if (i > 0) {
        receivedSat += expectTransactions(node.call("getblock", hash, 2), hash);
      }
    }
    JsonNode walked = node.call("gettxoutsetinfo", "muhash", null, false);
    JsonNode indexed = node.call("gettxoutsetinfo", "muhash");
    for (String field : List.of("bestblock", "txouts", "bogosize", "muhash", "total_amount")) {
      assertThat(indexed.get(field)).as(field).isEqualTo(walked.get(field));
    }
    JsonNode found = node.call("scantxoutset", "start", List.of(ANYONE));
    JsonNode balance = node.call("getaddressbalance", ANYONE);
    assertThat(balance.get("utxos").asInt()).isEqualTo(found.get("unspents").size());
    assertThat(balance.get("balance").asLong())
        .isEqualTo(found.get("total_amount").decimalValue().movePointRight(8).longValueExact());
    assertThat(balance.get("received").asLong()).isEqualTo(receivedSat);
  }

  /** Returns what the block's outputs pay to anyone, in satoshis. */
  private long expectTransactions(JsonNode block, String hash) {
    long receivedSat = 0;
    for (JsonNode tx : block.get("tx")) {
      String txid = tx.get("txid").asText();
      assertThat(node.call("getrawtransaction", txid, 1).get("blockhash").asText()).isEqualTo(hash);
      for (JsonNode input : tx.get("vin")) {
        if (input.has("txid")) {
          JsonNode spender =
              node.call(
                  "gettxspendingprevout",
                  List.of(Map.of("txid", input.get("txid"), "vout", input.get("vout"))),
                  Map.of("mempool_only", false));
          assertThat(spender.get(0).get("spendingtxid").asText()).isEqualTo(txid);
        }
      }
      for (JsonNode output : tx.get("vout")) {
        if (output.get("scriptPubKey").get("hex").asText().equals("51")) {
          receivedSat += output.get("value").decimalValue().movePointRight(8).longValueExact();
        }
      }
    }
    return receivedSat;
  }
}
