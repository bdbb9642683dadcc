package org.farthing.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.farthing.testing.Vectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Methods about descriptors, scripts and raw transactions, which need no wallet. */
class ScriptMethodsTest {
  private static final String KEY = "cMahea7zqjxrtgAbB7LSGbcQUr1uX1ojuat9jZodMN87JcbXMTcA";
  private static final String PUBLIC_KEY =
      "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
  private static final String ANYONE = "raw(51)";

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

  @TestFactory
  Stream<DynamicTest> decodedScriptsAreThoseOfBitcoinCore() {
    return Vectors.json("rpc_decodescript.json")
        .valueStream()
        .map(
            vector ->
                DynamicTest.dynamicTest(
                    vector.get(0).asText(),
                    () ->
                        assertThat(node.call("decodescript", vector.get(0).asText()))
                            .isEqualTo(vector.get(1))));
  }

  @Test
  void sortedKeysAreThoseOfBip67() {
    for (JsonNode vector : Vectors.json("rpc_bip67.json")) {
      String sorted = keys(vector.get("sorted_keys"));
      JsonNode made = node.call("createmultisig", 2, List.of(sorted.split(",", -1)), "legacy");
      assertThat(made.get("redeemScript").asText()).isEqualTo(vector.get("script").asText());
      assertThat(made.get("address").asText()).isEqualTo(vector.get("address").asText());
      String descriptor =
          node.call("getdescriptorinfo", "sh(sortedmulti(2," + keys(vector.get("keys")) + "))")
              .get("descriptor")
              .asText();
      assertThat(node.call("deriveaddresses", descriptor).get(0).asText())
          .isEqualTo(vector.get("address").asText());
    }
  }

  private static String keys(JsonNode keys) {
    return String.join(",", keys.valueStream().map(JsonNode::asText).toList());
  }

  @Test
  void coinsAreFoundByTheirDescriptors() {
    String spent =
        node.call("generatetodescriptor", 2, "combo(" + PUBLIC_KEY + ")").get(0).asText();
    node.call("generatetodescriptor", 1, ANYONE);
    assertThat(node.error(null, "generatetodescriptor", 1, "wpkh(x)"))
        .isEqualTo("-5 wpkh(): key 'x' is not valid");

    JsonNode found = node.call("scantxoutset", "start", List.of("combo(" + PUBLIC_KEY + ")"));
    assertThat(found.get("success").asBoolean()).isTrue();
    assertThat(found.get("txouts").asInt()).isEqualTo(3);
    assertThat(found.get("total_amount").decimalValue()).isEqualByComparingTo("100");
    JsonNode first = found.at("/unspents/0");
    assertThat(first.get("desc").asText()).startsWith("wpkh([751e76e8]" + PUBLIC_KEY + ")#");
    assertThat(first.get("coinbase").asBoolean()).isTrue();
    assertThat(found.get("unspents").findValuesAsText("blockhash")).contains(spent);
    assertThat(found.get("unspents").findValuesAsText("confirmations")).contains("3", "2");
    assertThat(
            node.call("scantxoutset", "start", List.of(Map.of("desc", ANYONE, "range", 5)))
                .at("/unspents/0/desc")
                .asText())
        .startsWith("raw(51)#");

    assertThat(node.call("scantxoutset", "status").isNull()).isTrue();
    assertThat(node.call("scantxoutset", "abort").asBoolean()).isFalse();
    assertThat(node.error(null, "scantxoutset", "start"))
        .isEqualTo("-1 scanobjects argument is required for the start action");
    assertThat(node.error(null, "scantxoutset", "x")).isEqualTo("-8 Invalid action 'x'");
    assertThat(node.error(null, "scantxoutset", "start", List.of("pk(x)")))
        .isEqualTo("-5 pk(): key 'x' is not valid");
  }

  @Test
  void rangesOfDescriptors() {
    String ranged =
        "wpkh(tpubD6NzVbkrYhZ4WaWSyoBvQwbpLkojyoTZPRsgXELWz3Popb3qkjcJyJUGLnL4qHHoQvao8ESaAstxYSnhys"
            + "wJ76uZPStJRJCTKvosUCJZL5B/1/1/*)";
    JsonNode info = node.call("getdescriptorinfo", ranged);
    assertThat(info.get("isrange").asBoolean()).isTrue();
    assertThat(info.get("hasprivatekeys").asBoolean()).isFalse();
    String text = ranged + "#" + info.get("checksum").asText();
    assertThat(node.call("deriveaddresses", text, List.of(1, 2)))
        .extracting(JsonNode::asText)
        .containsExactly(
            "bcrt1qhku5rq7jz8ulufe2y6fkcpnlvpsta7rq4442dy",
            "bcrt1qpgptk2gvshyl0s9lqshsmx932l9ccsv265tvaq");
    assertThat(node.error(null, "deriveaddresses", ranged)).isEqualTo("-5 Missing checksum");
    assertThat(node.error(null, "deriveaddresses", text))
        .isEqualTo("-8 Range must be specified for a ranged descriptor");
    assertThat(node.error(null, "deriveaddresses", text, List.of(2, 0)))
        .isEqualTo("-8 Range specified as [begin,end] must not have begin after end");
    assertThat(node.error(null, "deriveaddresses", text, List.of(-1, 0)))
        .isEqualTo("-8 Range should be greater or equal than 0");
    assertThat(node.error(null, "deriveaddresses", text, 10_000_000_000L))
        .isEqualTo("-8 End of range is too high");
    assertThat(node.error(null, "deriveaddresses", text, List.of(1_000_000_000, 2_000_000_000)))
        .isEqualTo("-8 Range is too large");
  }

  /** Every kind of single-key output, and a multisig that two keys sign one after the other. */
  @Test
  void aRawTransactionIsMadeSignedTestedAndSent() {
    String other = "cMahea7zqjxrtgAbB7LSGbcQUr1uX1ojuat9jZodMN87K7XCyj5v";
    String otherKey = "02c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5";
    String multisig = "wsh(multi(2," + PUBLIC_KEY + "," + otherKey + "))";
    List<String> kinds =
        List.of(
            "pk(" + PUBLIC_KEY + ")",
            "pkh(" + PUBLIC_KEY + ")",
            "wpkh(" + PUBLIC_KEY + ")",
            "rawtr(" + PUBLIC_KEY.substring(2) + ")",
            multisig);
    for (String kind : kinds) {
      node.call("generatetodescriptor", 1, kind);
    }
    node.call("generatetodescriptor", 100, ANYONE);
    for (String kind : kinds) {
      JsonNode coin = node.call("scantxoutset", "start", List.of(kind)).at("/unspents/0");
      String address = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
      String raw =
          node.call(
                  "createrawtransaction",
                  List.of(Map.of("txid", coin.get("txid").asText(), "vout", 0)),
                  Map.of(address, "49.999"))
              .asText();
      String signed;
      if (kind.equals(multisig)) {
        ObjectNode previous = (ObjectNode) coin.deepCopy();
        previous.retain("txid", "vout", "scriptPubKey", "amount");
        previous.put(
            "witnessScript",
            node.call("createmultisig", 2, List.of(PUBLIC_KEY, otherKey), "bech32")
                .get("redeemScript")
                .asText());
        JsonNode half =
            node.call("signrawtransactionwithkey", raw, List.of(KEY), List.of(previous));
        assertThat(half.get("complete").asBoolean()).isFalse();
        JsonNode otherHalf =
            node.call("signrawtransactionwithkey", raw, List.of(other), List.of(previous));
        signed =
            node.call(
                    "combinerawtransaction",
                    List.of(half.get("hex").asText(), otherHalf.get("hex").asText()))
                .asText();
      } else {
        JsonNode result = node.call("signrawtransactionwithkey", raw, List.of(KEY));
        assertThat(result.get("complete").asBoolean()).as(kind).isTrue();
        signed = result.get("hex").asText();
      }
      JsonNode test = node.call("testmempoolaccept", List.of(signed), 0).get(0);
      assertThat(test.get("allowed").asBoolean()).as(kind + test).isTrue();
      assertThat(test.at("/fees/base").decimalValue()).isEqualByComparingTo("0.001");
      JsonNode refused = node.call("testmempoolaccept", List.of(signed), "0.00001").get(0);
      assertThat(refused.get("reject-reason").asText()).isEqualTo("max-fee-exceeded");
      node.call("sendrawtransaction", signed, 0);
    }
    assertThat(node.call("getmempoolinfo").get("size").asInt()).isEqualTo(kinds.size());
  }

  @Test
  void whatIsWrongWithARawTransactionIsSaid() {
    String unknown = "11".repeat(32);
    String address = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
    List<Map<String, Object>> inputs = List.of(Map.of("txid", unknown, "vout", 0));
    assertThat(node.error(null, "createrawtransaction", inputs, List.of(Map.of(address, -1))))
        .isEqualTo("-3 Amount out of range");
    assertThat(node.error(null, "createrawtransaction", inputs, Map.of("foo", 0)))
        .isEqualTo("-5 Invalid Bitcoin address: foo");
    assertThat(
            node.error(
                null,
                "createrawtransaction",
                inputs,
                List.of(Map.of(address, 1), Map.of(address, 1))))
        .isEqualTo("-8 Invalid parameter, duplicated address: " + address);
    assertThat(node.error(null, "createrawtransaction", inputs, Map.of("data", "foo")))
        .isEqualTo("-8 Data must be hexadecimal string (not 'foo')");
    assertThat(node.error(null, "createrawtransaction", inputs, Map.of(), -1))
        .isEqualTo("-8 Invalid parameter, locktime out of range");
    assertThat(node.error(null, "createrawtransaction", List.of(Map.of("txid", unknown)), Map.of()))
        .isEqualTo("-8 Invalid parameter, missing vout key");
    String raw = node.call("createrawtransaction", inputs, Map.of(address, 1)).asText();
    JsonNode signed = node.call("signrawtransactionwithkey", raw, List.of(KEY));
    assertThat(signed.get("complete").asBoolean()).isFalse();
    assertThat(signed.at("/errors/0/error").asText()).isEqualTo("Input not found or already spent");
    assertThat(node.error(null, "signrawtransactionwithkey", raw, List.of("x")))
        .isEqualTo("-5 Invalid private key");
    assertThat(node.error(null, "signrawtransactionwithkey", raw, List.of(KEY), List.of(), "all"))
        .isEqualTo("-8 'all' is not a valid sighash parameter.");
    JsonNode test = node.call("testmempoolaccept", List.of(raw)).get(0);
    assertThat(test.get("reject-reason").asText()).isEqualTo("missing-inputs");
    assertThat(node.error(null, "testmempoolaccept", List.of()))
        .isEqualTo("-8 Array must contain between 1 and 25 transactions.");
    assertThat(node.error(null, "createmultisig", 3, List.of(PUBLIC_KEY)))
        .isEqualTo("-8 not enough keys supplied (got 1 keys, but need at least 3 to redeem)");
    assertThat(node.error(null, "createmultisig", 1, List.of("ff")))
        .isEqualTo("-5 Pubkey \"ff\" must have a length of either 33 or 65 bytes");
    assertThat(node.error(null, "generateblock", "foo", List.of()))
        .isEqualTo("-5 Error: Invalid address or descriptor");
    assertThat(node.error(null, "generate")).startsWith("-32601 generate");
  }

  @Test
  void methodsForTests() {
    node.call("mockscheduler", 5);
    assertThat(node.advancedSeconds).isEqualTo(5);
    assertThat(node.error(null, "mockscheduler", 3601))
        .isEqualTo("-1 delta_time must be between 1 and 3600 seconds (1 hr)");
    node.call("syncwithvalidationinterfacequeue");
    assertThat(node.call("echo", "a", 1).toString()).isEqualTo("[\"a\",1]");
    assertThat(node.call("echojson").toString()).isEqualTo("[]");
    node.call("getindexinfo");
    node.call("getmemoryinfo");
    assertThat(node.error(null, "getmemoryinfo", "foobar")).isEqualTo("-8 unknown mode foobar");
  }
}
