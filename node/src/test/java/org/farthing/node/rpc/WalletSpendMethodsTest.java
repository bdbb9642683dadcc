package org.farthing.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.farthing.node.rpc.NodeFixture.ELSEWHERE;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.fee.BlockPolicyEstimator;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.WalletOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /** Each pays what was asked for, within the few bytes that signatures may differ by. */
  @ParameterizedTest
  @CsvSource({
    "bech32, legacy",
    "bech32, p2sh-segwit",
    "bech32, bech32",
    "bech32, bech32m",
    "legacy, legacy",
    "legacy, p2sh-segwit",
  })
  void whatSpendsCoinsOfOthersIsReplacedTogetherWithThem(String own, String foreign) {
    node.call("createwallet", "m");
    node.call("createwallet", "o");
    node.call("generatetoaddress", 2, node.at("m", "getnewaddress", "", own));
    node.call("generatetoaddress", 1, node.at("o", "getnewaddress", "", foreign));
    node.call("generatetoaddress", 100, ELSEWHERE);
    List<Map<String, Object>> inputs = new ArrayList<>();
    for (String wallet : List.of("m", "o")) {
      JsonNode coin = node.at(wallet, "listunspent").get(0);
      inputs.add(Map.of("txid", coin.get("txid").asText(), "vout", coin.get("vout").asInt()));
    }
    String raw = node.call("createrawtransaction", inputs, Map.of(ELSEWHERE, "99.9999")).asText();
    raw = node.at("m", "signrawtransactionwithwallet", raw).get("hex").asText();
    raw = node.at("o", "signrawtransactionwithwallet", raw).get("hex").asText();
    String first = node.call("sendrawtransaction", raw).asText();
    assertThat(node.error("m", "bumpfee", first))
        .isEqualTo("-4 Transaction contains inputs that don't belong to this wallet");
    assertThat(node.error("m", "psbtbumpfee", first, Map.of("fee_rate", 1)))
        .startsWith("-8 Insufficient total fee ")
        .contains("(oldFee 0.0001 + incrementalFee ");
    JsonNode made = node.at("m", "psbtbumpfee", first, Map.of("fee_rate", 150));
    assertThat(coins(made.get("origfee"))).isEqualByComparingTo("0.0001");
    String psbt = node.at("m", "walletprocesspsbt", made.get("psbt").asText()).get("psbt").asText();
    JsonNode signed = node.at("o", "walletprocesspsbt", psbt);
    assertThat(signed.get("complete").asBoolean()).isTrue();
    String second = node.call("sendrawtransaction", signed.get("hex").asText()).asText();
    assertThat(node.call("getrawmempool")).hasSize(1);
    JsonNode entry = node.call("getmempoolentry", second);
    assertThat(coins(entry.at("/fees/base"))).isEqualByComparingTo(coins(made.get("fee")));
    long virtualSize = entry.get("vsize").asLong();
    assertThat(coins(made.get("fee")).movePointRight(8).longValueExact())
        .isBetween(150 * virtualSize, 150 * (virtualSize + 3));
  }

  @Test
  void whatSignalsSayIsShownOnRequestOnly() {
    String first = node.at("w", "sendtoaddress", ELSEWHERE, 1).asText();
    String second = node.at("w", "sendtoaddress", ELSEWHERE, 1, "", "", false, false).asText();
    String field = "bip125-replaceable";
    assertThat(node.at("w", "gettransaction", first).has(field)).isFalse();
    assertThat(node.at("w", "listtransactions").findValues(field)).isEmpty();
    assertThat(node.at("w", "listsinceblock").findValues(field)).isEmpty();
    node.deprecated.add("bip125");
    assertThat(node.at("w", "gettransaction", first).get(field).asText()).isEqualTo("yes");
    assertThat(node.at("w", "gettransaction", second).get(field).asText()).isEqualTo("no");
    assertThat(node.at("w", "listtransactions", "*", 2).findValuesAsText(field))
        .containsExactly("yes", "no");
    assertThat(
            node.at("w", "listsinceblock", node.call("getbestblockhash")).findValuesAsText(field))
        .containsExactlyInAnyOrder("yes", "no");
    node.call("generatetoaddress", 1, ELSEWHERE);
    assertThat(node.at("w", "gettransaction", first).get(field).asText()).isEqualTo("no");
  }

  @Test
  void whatTheOwnerSaysOfAPaymentStaysWithIt() {
    String first = node.at("w", "sendtoaddress", ELSEWHERE, 1, "for lunch", "the cook").asText();
    String second = node.at("w", "bumpfee", first).get("txid").asText();
    node.call("unloadwallet", "w");
    node.call("loadwallet", "w");
    for (String txid : List.of(first, second)) {
      JsonNode shown = node.at("w", "gettransaction", txid);
      assertThat(shown.get("comment").asText()).isEqualTo("for lunch");
      assertThat(shown.get("to").asText()).isEqualTo("the cook");
    }
  }

  @Test
  void aDescendantThatWasGivenUpDoesNotHinder() {
    String address = node.at("w", "getnewaddress").asText();
    String first = node.at("w", "sendtoaddress", address, 99).asText();
    JsonNode raw =
        node.at(
            "w",
            "send",
            Map.of(ELSEWHERE, 60),
            null,
            "unset",
            null,
            Map.of("add_to_wallet", false));
    Transaction child = transaction(raw.get("hex").asText());
    Wallet wallet = node.wallets.find("w").orElseThrow();
    // As it is when a mempool lets it go because it pays less than others.
    wallet.addedToMempool(child);
    wallet.removedFromMempool(child.txid());
    assertThat(node.error("w", "bumpfee", first))
        .isEqualTo("-8 Transaction has descendants in the wallet");
    node.at("w", "abandontransaction", child.txid().toString());
    assertThat(node.at("w", "bumpfee", first).has("txid")).isTrue();
  }

  private static Transaction transaction(String hex) {
    try {
      return Transaction.decode(Hex.decode(hex));
    } catch (DecodeException e) {
      throw new AssertionError(e);
    }
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
  void allMayComeBack() {
    String first = node.at("w", "sendtoaddress", ELSEWHERE, 60).asText();
    String change = node.at("w", "getrawchangeaddress").asText();
    JsonNode bumped =
        node.at(
            "w", "bumpfee", first, Map.of("fee_rate", 50, "outputs", List.of(Map.of(change, 100))));
    JsonNode outputs =
        node.at("w", "gettransaction", bumped.get("txid").asText(), false, true)
            .at("/decoded/vout");
    assertThat(outputs).hasSize(1);
    assertThat(outputs.at("/0/scriptPubKey/address").asText()).isEqualTo(change);
    assertThat(coins(outputs.at("/0/value")).add(coins(bumped.get("fee"))))
        .isEqualByComparingTo("100");
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
