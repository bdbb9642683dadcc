package org.farthing.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.farthing.node.rpc.NodeFixture.ELSEWHERE;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was received, by addresses and names; addresses of one owner; what a transaction would do.
 */
class WalletListMethodsTest {
  @TempDir Path folder;
  private NodeFixture node;
  private String mine;

  @BeforeEach
  void open() {
    node = new NodeFixture(folder.resolve("data"));
    mine = node.createRichWallet("w", 2);
    node.call("generatetoaddress", 1, ELSEWHERE);
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void whatEachAddressHasReceivedIsListed() {
    String empty = node.at("w", "getnewaddress").asText();
    node.at("w", "setlabel", ELSEWHERE, "shop");
    node.at("w", "sendtoaddress", ELSEWHERE, 10);
    JsonNode received = node.at("w", "listreceivedbyaddress");
    assertThat(received).hasSize(1);
    assertThat(received.get(0).get("address").asText()).isEqualTo(mine);
    assertThat(received.get(0).get("amount").decimalValue()).isEqualByComparingTo("100");
    assertThat(received.get(0).get("confirmations").asInt()).isEqualTo(102);
    assertThat(received.get(0).get("label").asText()).isEqualTo("mining");
    assertThat(received.get(0).get("txids")).hasSize(2);
    assertThat(node.at("w", "listreceivedbyaddress", 104)).isEmpty();
    JsonNode all = node.at("w", "listreceivedbyaddress", 0, true);
    assertThat(all.findValuesAsText("address")).containsExactlyInAnyOrder(mine, empty);
    JsonNode nothing = node.at("w", "listreceivedbyaddress", 0, true, false, empty).get(0);
    assertThat(nothing.get("amount").decimalValue()).isZero();
    assertThat(nothing.get("confirmations").asInt()).isZero();
    assertThat(node.at("w", "listreceivedbyaddress", 0, true, false, ELSEWHERE)).isEmpty();
    assertThat(node.error("w", "listreceivedbyaddress", 0, true, false, "x"))
        .isEqualTo("-4 address_filter parameter was invalid");
  }

  @Test
  void whatEachNameHasReceivedIsListed() {
    String second = node.at("w", "getnewaddress", "mining").asText();
    node.at("w", "getnewaddress", "empty");
    node.call("generatetoaddress", 1, second);
    JsonNode mature = node.at("w", "listreceivedbylabel");
    assertThat(mature.findValuesAsText("label")).containsExactly("mining");
    assertThat(mature.get(0).get("amount").decimalValue()).isEqualByComparingTo("100");
    JsonNode all = node.at("w", "listreceivedbylabel", 1, true, false, true);
    assertThat(all.findValuesAsText("label")).containsExactly("empty", "mining");
    assertThat(all.get(1).get("amount").decimalValue()).isEqualByComparingTo("150");
    assertThat(all.get(1).get("confirmations").asInt()).isEqualTo(1);
  }

  @Test
  void addressesThatWereSpentFromTogetherAreOfOneOwner() {
    String other = node.at("w", "getnewaddress").asText();
    String apart = node.at("w", "getnewaddress").asText();
    node.at("w", "sendtoaddress", other, 20);
    node.at("w", "sendtoaddress", apart, 5);
    node.call("generatetoaddress", 1, ELSEWHERE);
    List<List<String>> groups = groups();
    // Both payments spent coins of the mine's address, so that their change is its neighbour.
    assertThat(groups).anySatisfy(group -> assertThat(group).contains(mine).doesNotContain(other));
    assertThat(groups).contains(List.of(other), List.of(apart));
    node.at("w", "sendall", List.of(ELSEWHERE));
    assertThat(groups())
        .singleElement()
        .satisfies(group -> assertThat(group).contains(mine, other, apart));
    assertThat(node.at("w", "listaddressgroupings").get(0))
        .filteredOn(line -> line.get(0).asText().equals(mine))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.get(1).decimalValue()).isZero();
              assertThat(line.get(2).asText()).isEqualTo("mining");
            });
  }

  private List<List<String>> groups() {
    List<List<String>> groups = new ArrayList<>();
    for (JsonNode group : node.at("w", "listaddressgroupings")) {
      List<String> addresses = new ArrayList<>();
      group.forEach(line -> addresses.add(line.get(0).asText()));
      groups.add(addresses);
    }
    return groups;
  }

  @Test
  void transactionsAreTriedInTheMind() {
    JsonNode coin = node.at("w", "listunspent").get(0);
    List<Object> inputs =
        List.of(Map.of("txid", coin.get("txid").asText(), "vout", coin.get("vout").asInt()));
    String paying = raw(inputs, Map.of(ELSEWHERE, 10, mine, 39));
    assertThat(change(List.of(paying))).isEqualByComparingTo("-11");
    String txid = node.call("decoderawtransaction", paying).get("txid").asText();
    String further = raw(List.of(Map.of("txid", txid, "vout", 1)), Map.of(ELSEWHERE, 39));
    assertThat(change(List.of(paying, further))).isEqualByComparingTo("-50");
    assertThat(change(List.of())).isZero();
    assertThat(node.error("w", "simulaterawtransaction", List.of(further)))
        .isEqualTo("-8 One or more transaction inputs are missing or have been spent already");
    assertThat(node.error("w", "simulaterawtransaction", List.of(paying, paying)))
        .isEqualTo("-8 Transaction(s) are spending the same output more than once");
    assertThat(node.error("w", "simulaterawtransaction", List.of("00")))
        .isEqualTo("-22 Transaction hex string decoding failure.");
  }

  private String raw(List<Object> inputs, Map<String, Object> outputs) {
    List<Object> ordered = new ArrayList<>();
    // What pays elsewhere comes first.
    outputs.entrySet().stream()
        .sorted((a, b) -> Boolean.compare(a.getKey().equals(mine), b.getKey().equals(mine)))
        .forEach(entry -> ordered.add(Map.of(entry.getKey(), entry.getValue())));
    return node.call("createrawtransaction", inputs, ordered).asText();
  }

  private BigDecimal change(List<String> transactions) {
    return node.at("w", "simulaterawtransaction", transactions)
        .get("balance_change")
        .decimalValue();
  }
}
