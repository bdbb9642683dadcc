package org.farthing.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.farthing.node.rpc.NodeFixture.ELSEWHERE;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.farthing.node.fee.BlockPolicyEstimator;
import org.farthing.wallet.WalletOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payments of wallets, and what becomes of them. */
class WalletSpendMethodsTest {
  @TempDir Path folder;
  private NodeFixture node;

  @BeforeEach
  void open() {
    node = new NodeFixture(folder);
    node.createRichWallet("w", 2);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private static BigDecimal coins(JsonNode amount) {
    return amount.decimalValue();
  }

  @Test
  void aTransactionThatPaysMoreTakesThePlaceOfOneThatWaits() {
    String first = node.at("w", "sendtoaddress", ELSEWHERE, 1).asText();
    JsonNode bumped = node.at("w", "bumpfee", first);
    String second = bumped.get("txid").asText();
    assertThat(node.call("getrawmempool")).hasSize(1);
    assertThat(node.call("getrawmempool").get(0).asText()).isEqualTo(second);
    assertThat(coins(bumped.get("fee"))).isGreaterThan(coins(bumped.get("origfee")));
    JsonNode old = node.at("w", "gettransaction", first);
    assertThat(coins(old.get("fee")).negate()).isEqualByComparingTo(coins(bumped.get("origfee")));
    JsonNode paid = node.at("w", "gettransaction", second);
    assertThat(coins(paid.get("amount"))).isEqualByComparingTo("-1");
    assertThat(coins(node.at("w", "getbalance")))
        .isEqualByComparingTo(new BigDecimal("99").subtract(coins(bumped.get("fee"))));
    assertThat(node.error("w", "bumpfee", first))
        .isEqualTo(
            "-4 Cannot bump transaction %s which was already bumped by transaction %s"
                .formatted(first, second));
    node.call("generatetoaddress", 1, ELSEWHERE);
    assertThat(node.at("w", "gettransaction", first).get("confirmations").asInt()).isEqualTo(-1);
    assertThat(node.error("w", "bumpfee", second)).startsWith("-1 ").endsWith(" is already spent");
  }

  @Test
  void theReplacementCanBeSignedElsewhere() {
    String first = node.at("w", "sendtoaddress", ELSEWHERE, 1).asText();
    JsonNode made = node.at("w", "psbtbumpfee", first, Map.of("fee_rate", 20));
    assertThat(coins(made.get("fee"))).isGreaterThan(coins(made.get("origfee")));
    assertThat(node.call("getrawmempool").get(0).asText()).isEqualTo(first);
    JsonNode signed = node.at("w", "walletprocesspsbt", made.get("psbt").asText());
    String second = node.call("sendrawtransaction", signed.get("hex").asText()).asText();
    assertThat(node.call("getrawmempool").get(0).asText()).isEqualTo(second);
    assertThat(node.error("w", "psbtbumpfee", second, Map.of("psbt_version", 1)))
        .isEqualTo("-8 The PSBT version can only be 2 or 0");
  }

  @Test
  void aPaymentSaysHowSoonItIsToBeConfirmed() {
    JsonNode sent =
        node.at(
            "w",
            "sendmany",
            "",
            Map.of(ELSEWHERE, 1),
            null,
            "",
            List.of(),
            true,
            2,
            "ECONOMICAL",
            null,
            true);
    // The chain is young, so that nothing can be estimated yet.
    assertThat(sent.get("fee_reason").asText()).isEqualTo("Fallback fee");
    assertThat(WalletOptions.Fees.HIGHEST_TARGET).isEqualTo(BlockPolicyEstimator.HIGHEST_TARGET);
    for (int target : List.of(0, 1009)) {
      assertThat(
              node.error("w", "sendtoaddress", ELSEWHERE, 1, "", "", false, true, target, "unset"))
          .isEqualTo("-8 Invalid conf_target, must be between 1 and 1008");
    }
    assertThat(node.error("w", "sendtoaddress", ELSEWHERE, 1, "", "", false, true, 6, "soon"))
        .startsWith("-8 Invalid estimate_mode parameter, must be one of:");
    assertThat(node.error("w", "send", Map.of(ELSEWHERE, 1), 6))
        .isEqualTo("-8 Specify estimate_mode");
    assertThat(
            node.error(
                "w",
                "send",
                Map.of(ELSEWHERE, 1),
                6,
                "economical",
                null,
                Map.of("conf_target", 6, "estimate_mode", "economical")))
        .startsWith("-8 Pass conf_target and estimate_mode either as arguments or in the options");
    assertThat(node.error("w", "bumpfee", "00".repeat(32), Map.of("fee_rate", 9, "confTarget", 2)))
        .startsWith("-8 Cannot specify both conf_target and fee_rate.");
  }

  @Test
  void theOwnerSaysHowMuchMoreIsPaid() {
    String first =
        node.at("w", "sendtoaddress", ELSEWHERE, 1, "", "", false, true, null, "unset", false, 5)
            .asText();
    assertThat(node.error("w", "bumpfee", first, Map.of("fee_rate", 5)))
        .startsWith("-8 Insufficient total fee 0.0000");
    assertThat(node.error("w", "bumpfee", first, Map.of("fee_rate", "0.01")))
        .startsWith("-8 Insufficient total fee 0.0000000");
    assertThat(node.error("w", "bumpfee", first, Map.of("original_change_index", 2)))
        .isEqualTo("-8 Change position is out of range");
    assertThat(node.error("w", "bumpfee", first, Map.of("outputs", List.of())))
        .isEqualTo("-8 Invalid parameter, output argument cannot be an empty array");
    assertThat(node.error("w", "bumpfee", "00".repeat(32)))
        .isEqualTo("-5 Invalid or non-wallet transaction id");
    Map<String, Object> options = Map.of("fee_rate", 20, "outputs", List.of(Map.of(ELSEWHERE, 2)));
    JsonNode bumped = node.at("w", "bumpfee", first, options);
    JsonNode entry = node.call("getmempoolentry", bumped.get("txid").asText());
    BigDecimal fee = coins(entry.at("/fees/base")).movePointRight(8);
    assertThat(fee.divide(entry.get("vsize").decimalValue(), java.math.RoundingMode.HALF_UP))
        .isBetween(new BigDecimal(20), new BigDecimal(21));
    assertThat(coins(node.at("w", "gettransaction", bumped.get("txid").asText()).get("amount")))
        .isEqualByComparingTo("-2");
  }

  @Test
  void whatIsSpentFurtherIsNotReplaced() {
    String address = node.at("w", "getnewaddress").asText();
    String first = node.at("w", "sendtoaddress", address, 99).asText();
    node.at("w", "sendtoaddress", ELSEWHERE, 50);
    assertThat(node.error("w", "bumpfee", first))
        .isEqualTo("-8 Transaction has descendants in the wallet");
  }

  @Test
  void fundsOfPrunedBlocksComeAndGo() {
    node.call("createwallet", "late", true);
    JsonNode mine = node.at("w", "listunspent").get(0);
    String txid = mine.get("txid").asText();
    String hex = node.at("w", "gettransaction", txid).get("hex").asText();
    String block = node.at("w", "gettransaction", txid).get("blockhash").asText();
    String proof = node.call("gettxoutproof", List.of(txid), block).asText();
    assertThat(node.error("late", "importprunedfunds", hex, proof))
        .isEqualTo("-5 No addresses in wallet correspond to included transaction");
    Map<String, Object> wanted =
        Map.of("desc", mine.get("desc").asText(), "timestamp", 4_000_000_000L);
    assertThat(node.at("late", "importdescriptors", List.of(wanted)).at("/0/success").asBoolean())
        .isTrue();
    assertThat(coins(node.at("late", "getbalance"))).isZero();
    node.at("late", "importprunedfunds", hex, proof);
    assertThat(coins(node.at("late", "getbalance"))).isEqualByComparingTo("50");
    assertThat(node.error("late", "removeprunedfunds", txid)).startsWith("-32 DEPRECATION WARNING");
    node.deprecated.add("removeprunedfunds");
    node.at("late", "removeprunedfunds", txid);
    assertThat(coins(node.at("late", "getbalance"))).isZero();
    assertThat(node.error("late", "removeprunedfunds", txid))
        .isEqualTo("-4 Transaction " + txid + " does not belong to this wallet");
    node.call("unloadwallet", "late");
    node.call("loadwallet", "late");
    assertThat(node.at("late", "listtransactions")).isEmpty();
  }

  @Test
  void whatChainAndMempoolBringIsTold() {
    List<String> told = new ArrayList<>();
    node.wallets
        .loaded()
        .listen((wallet, tx) -> told.add(wallet + " " + tx.txid() + tx.isConfirmed()));
    node.call("unloadwallet", "w");
    node.call("loadwallet", "w");
    String txid = node.at("w", "sendtoaddress", ELSEWHERE, 1).asText();
    assertThat(told).containsOnly("w " + txid + "false");
    told.clear();
    node.call("generatetoaddress", 1, ELSEWHERE);
    assertThat(told).containsExactly("w " + txid + "true");
    told.clear();
    node.at("w", "rescanblockchain", 103);
    assertThat(told).containsExactly("w " + txid + "true");
  }
}
