package org.farthing.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.farthing.node.rpc.NodeFixture.ELSEWHERE;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendManyTest {
  @TempDir Path folder;
  private NodeFixture node;
  private final List<String> payees = new ArrayList<>();

  @BeforeEach
  void open() {
    node = new NodeFixture(folder);
    node.createRichWallet("w", 2);
    node.call("createwallet", "o");
    for (int i = 0; i < 4; i++) {
      payees.add(node.at("o", "getnewaddress").asText());
    }
  }

  @AfterEach
  void close() {
    node.close();
  }

  /** In this order. */
  private Map<String, Object> amounts(Object... amounts) {
    Map<String, Object> wanted = new LinkedHashMap<>();
    for (int i = 0; i < amounts.length; i++) {
      wanted.put(payees.get(i), amounts[i]);
    }
    return wanted;
  }

  private static long feeSat(JsonNode transaction) {
    return sat(transaction.get("fee").decimalValue().negate());
  }

  private static long sat(BigDecimal coins) {
    return coins.movePointRight(8).longValueExact();
  }

  private JsonNode sent(JsonNode txid) {
    return node.at("w", "gettransaction", txid.asText(), false, true);
  }

  @Test
  void payeesAndChangeStandInAnyOrder() {
    Set<List<String>> orders = new HashSet<>();
    Set<Integer> placesOfChange = new HashSet<>();
    for (int i = 0; i < 12; i++) {
      JsonNode txid = node.at("w", "sendmany", "", amounts("0.1", "0.2", "0.3", "0.4"));
      List<String> paid = new ArrayList<>();
      for (JsonNode output : sent(txid).at("/decoded/vout")) {
        if (output.path("ischange").asBoolean()) {
          placesOfChange.add(output.get("n").asInt());
        } else {
          paid.add(output.at("/scriptPubKey/address").asText());
        }
      }
      assertThat(paid).containsExactlyInAnyOrderElementsOf(payees);
      orders.add(paid);
    }
    // The wallets of these tests have a fixed seed.
    assertThat(orders).hasSizeGreaterThan(6);
    assertThat(placesOfChange).hasSizeGreaterThan(2);
  }

  @Test
  void thoseWhoAreNamedPayTheFeeInEqualParts() {
    JsonNode txid =
        node.at(
            "w", "sendmany", "", amounts(1, 2, 3), null, "", List.of(payees.get(0), payees.get(2)));
    JsonNode transaction = sent(txid);
    long fee = feeSat(transaction);
    Map<String, BigDecimal> received = new LinkedHashMap<>();
    for (JsonNode output : transaction.at("/decoded/vout")) {
      received.put(output.at("/scriptPubKey/address").asText(), output.get("value").decimalValue());
    }
    assertThat(received.get(payees.get(1))).isEqualByComparingTo("2");
    long first = lacking(received.get(payees.get(0)), 1);
    long third = lacking(received.get(payees.get(2)), 3);
    assertThat(first + third).isEqualTo(fee);
    assertThat(Math.abs(first - third)).isLessThanOrEqualTo(1);
  }

  private static long lacking(BigDecimal received, int coins) {
    return sat(new BigDecimal(coins).subtract(received));
  }

  @Test
  void theCallerSaysHowItIsSent() {
    JsonNode sent =
        node.at(
            "w",
            "sendmany",
            "",
            amounts(1, 2),
            6,
            "rent",
            List.of(),
            false,
            null,
            "unset",
            25,
            true);
    assertThat(sent.get("fee_reason").asText()).isNotEmpty();
    JsonNode transaction = sent(sent.get("txid"));
    assertThat(transaction.get("comment").asText()).isEqualTo("rent");
    assertThat(transaction.get("details")).hasSize(2);
    for (JsonNode input : transaction.at("/decoded/vin")) {
      assertThat(input.get("sequence").asLong()).isEqualTo(0xffff_fffeL);
    }
    long virtualSize = transaction.at("/decoded/vsize").asLong();
    long fee = feeSat(transaction);
    assertThat(fee).isBetween(25 * virtualSize, 25 * (virtualSize + 2));
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThat(node.error("w", "sendmany", "", Map.of()))
        .isEqualTo("-6 Transaction must have at least one recipient");
    assertThat(node.error("w", "sendmany", "", Map.of("x", 1)))
        .isEqualTo("-5 Invalid Bitcoin address: x");
    assertThat(node.error("w", "sendmany", "", amounts(-1))).isEqualTo("-3 Amount out of range");
    assertThat(node.error("w", "sendmany", "", amounts("0.000000001")))
        .isEqualTo("-3 Invalid amount");
    assertThat(node.error("w", "sendmany", "", amounts(60, 60)))
        .startsWith("-6 Insufficient funds");
    String where = "-8 Invalid parameter 'subtract fee from output', ";
    assertThat(node.error("w", "sendmany", "", amounts(1), null, "", List.of(ELSEWHERE)))
        .isEqualTo(where + "destination " + ELSEWHERE + " not found in tx outputs");
    String payee = payees.get(0);
    assertThat(node.error("w", "sendmany", "", amounts(1), null, "", List.of(payee, payee)))
        .isEqualTo(where + "duplicated position: 0");
    assertThat(
            node.error(
                "w", "sendmany", "", amounts(1), null, "", List.of(), true, 6, "economical", 25))
        .startsWith("-8 Cannot specify both conf_target and fee_rate.");
    assertThat(node.call("getrawmempool")).isEmpty();
  }
}
