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

/** Transactions that coins of a wallet pay for. */
class WalletFundingMethodsTest {
  @TempDir Path folder;
  private NodeFixture node;

  @BeforeEach
  void open() {
    node = new NodeFixture(folder);
    node.createRichWallet("w", 3);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private String raw(Object inputs, Object amount) {
    return node.call("createrawtransaction", inputs, Map.of(ELSEWHERE, amount)).asText();
  }

  private Map<String, Object> coin(int index) {
    JsonNode coin = node.at("w", "listunspent").get(index);
    return Map.of("txid", coin.get("txid").asText(), "vout", coin.get("vout").asInt());
  }

  private static BigDecimal outputs(JsonNode decoded) {
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode output : decoded.get("vout")) {
      sum = sum.add(output.get("value").decimalValue());
    }
    return sum;
  }

  @Test
  void aRawTransactionIsFunded() {
    String draft = raw(List.of(), 60);
    String change = node.at("w", "getrawchangeaddress").asText();
    JsonNode funded =
        node.at(
            "w",
            "fundrawtransaction",
            draft,
            Map.of("changeAddress", change, "changePosition", 0, "fee_rate", 10));
    assertThat(funded.get("changepos").asInt()).isZero();
    JsonNode decoded = node.call("decoderawtransaction", funded.get("hex").asText());
    assertThat(decoded.get("vin")).hasSize(2);
    assertThat(decoded.get("locktime").asInt()).isZero();
    assertThat(decoded.at("/vout/0/scriptPubKey/address").asText()).isEqualTo(change);
    assertThat(outputs(decoded).add(funded.get("fee").decimalValue())).isEqualByComparingTo("100");
    JsonNode signed = node.at("w", "signrawtransactionwithwallet", funded.get("hex").asText());
    assertThat(signed.get("complete").asBoolean()).isTrue();
    String txid = node.call("sendrawtransaction", signed.get("hex").asText()).asText();
    JsonNode entry = node.call("getmempoolentry", txid);
    BigDecimal fee = entry.at("/fees/base").decimalValue().movePointRight(8);
    assertThat(fee.doubleValue() / entry.get("vsize").asInt()).isBetween(10.0, 10.3);
  }

  @Test
  void theCallersCoinsComeFirst() {
    Map<String, Object> first = coin(1);
    String draft = raw(List.of(first), 60);
    JsonNode funded = node.at("w", "fundrawtransaction", draft);
    JsonNode decoded = node.call("decoderawtransaction", funded.get("hex").asText());
    assertThat(decoded.at("/vin/0/txid").asText()).isEqualTo(first.get("txid"));
    assertThat(decoded.get("vin")).hasSize(2);
    assertThat(node.error("w", "fundrawtransaction", draft, Map.of("add_inputs", false)))
        .startsWith("-4 The preselected coins total amount does not cover");
    assertThat(node.error("w", "fundrawtransaction", raw(List.of(), 1000)))
        .startsWith("-4 Insufficient funds");
    assertThat(node.error("w", "fundrawtransaction", draft, Map.of("changePosition", 2)))
        .isEqualTo("-8 changePosition out of bounds");
    assertThat(node.error("w", "fundrawtransaction", draft, Map.of("changeAddress", "x")))
        .isEqualTo("-5 Change address must be a valid bitcoin address");
    assertThat(node.error("w", "fundrawtransaction", draft, Map.of("change_type", "x")))
        .isEqualTo("-5 Unknown change type 'x'");
    assertThat(
            node.error(
                "w", "fundrawtransaction", draft, Map.of("subtractFeeFromOutputs", List.of(1))))
        .isEqualTo("-8 Invalid parameter 'subtract fee from output', position too large: 1");
    assertThat(node.error("w", "fundrawtransaction", draft, Map.of("foo", 1)))
        .isEqualTo("-3 Unexpected key foo");
    assertThat(node.error("w", "fundrawtransaction", raw(List.of(coinOf(ELSEWHERE)), 1)))
        .startsWith("-4 Not solvable pre-selected input");
  }

  private Map<String, Object> coinOf(String address) {
    String block = node.call("getbestblockhash").asText();
    String txid = node.call("getblock", block).at("/tx/0").asText();
    assertThat(address).isEqualTo(ELSEWHERE);
    return Map.of("txid", txid, "vout", 0);
  }

  @Test
  void aPaymentIsSentOrOnlyMade() {
    JsonNode sent = node.at("w", "send", Map.of(ELSEWHERE, 1));
    assertThat(sent.get("complete").asBoolean()).isTrue();
    assertThat(node.call("getrawmempool").get(0).asText()).isEqualTo(sent.get("txid").asText());
    JsonNode made =
        node.at(
            "w",
            "send",
            List.of(Map.of(ELSEWHERE, 2)),
            null,
            "unset",
            null,
            Map.of("add_to_wallet", false, "fee_rate", 2, "locktime", 7));
    assertThat(node.call("getrawmempool")).hasSize(1);
    JsonNode decoded = node.call("decoderawtransaction", made.get("hex").asText());
    assertThat(decoded.get("locktime").asInt()).isEqualTo(7);
    assertThat(decoded.get("txid")).isEqualTo(made.get("txid"));
    assertThat(node.call("finalizepsbt", made.get("psbt").asText()).get("hex"))
        .isEqualTo(made.get("hex"));
    node.call("sendrawtransaction", made.get("hex").asText());
    assertThat(
            node.error("w", "send", Map.of(ELSEWHERE, 1), null, "unset", 1, Map.of("fee_rate", 1)))
        .startsWith("-8 Pass the fee_rate either as an argument");
  }

  @Test
  void allIsSpent() {
    String second = node.at("w", "getnewaddress").asText();
    assertThat(node.error("w", "sendall", List.of(Map.of(ELSEWHERE, 1))))
        .isEqualTo("-8 Must provide at least one address without a specified amount");
    JsonNode one =
        node.at(
            "w",
            "sendall",
            List.of(ELSEWHERE, Map.of(second, 10)),
            null,
            "unset",
            null,
            Map.of("inputs", List.of(coin(0))));
    assertThat(one.get("complete").asBoolean()).isTrue();
    assertThat(node.at("w", "getbalance").decimalValue()).isEqualByComparingTo("110");
    node.at("w", "sendall", List.of(ELSEWHERE));
    assertThat(node.at("w", "listunspent", 0)).isEmpty();
    assertThat(node.at("w", "getbalance").decimalValue()).isZero();
    assertThat(node.error("w", "sendall", List.of(ELSEWHERE)))
        .startsWith("-6 Total value of UTXO pool too low to pay for transaction.");
  }

  @Test
  void watcherAndSignerWorkTogether() {
    node.call("createwallet", "watch", true, true);
    List<Object> requests = new ArrayList<>();
    for (JsonNode descriptor : node.at("w", "listdescriptors").get("descriptors")) {
      requests.add(
          Map.of(
              "desc", descriptor.get("desc").asText(),
              "timestamp", 0,
              "active", true,
              "internal", descriptor.get("internal").asBoolean(),
              "range", List.of(0, 30)));
    }
    node.at("watch", "importdescriptors", requests);
    assertThat(node.at("watch", "getbalance").decimalValue()).isEqualByComparingTo("150");
    JsonNode created =
        node.at("watch", "walletcreatefundedpsbt", List.of(), Map.of(ELSEWHERE, 120), 0);
    String psbt = created.get("psbt").asText();
    JsonNode decoded = node.call("decodepsbt", psbt);
    assertThat(decoded.at("/inputs/0/bip32_derivs/0/path").asText()).startsWith("m/84h/1h/0h/0/");
    assertThat(decoded.get("fee").decimalValue())
        .isEqualByComparingTo(created.get("fee").decimalValue());
    JsonNode watched = node.at("watch", "walletprocesspsbt", psbt, false);
    assertThat(watched.get("complete").asBoolean()).isFalse();
    JsonNode signed = node.at("w", "walletprocesspsbt", psbt);
    assertThat(signed.get("complete").asBoolean()).isTrue();
    node.call("sendrawtransaction", signed.get("hex").asText());
    assertThat(node.error("watch", "send", "x")).startsWith("-");
    JsonNode unsigned = node.at("watch", "send", Map.of(ELSEWHERE, 1));
    assertThat(unsigned.get("complete").asBoolean()).isFalse();
    assertThat(unsigned.has("psbt")).isTrue();
  }
}
