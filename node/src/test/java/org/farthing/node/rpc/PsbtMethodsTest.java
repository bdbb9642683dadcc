package org.farthing.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.testing.TestKey;
import org.farthing.testing.Vectors;
import org.farthing.wallet.keys.PrivateKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Partially signed transactions from their creation to the mempool. */
class PsbtMethodsTest {
  private static final String ADDRESS = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
  private static final String UNKNOWN = "11".repeat(32);
  private static final String NOBODY =
      "50929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0";

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

  private static String secret(int number) {
    return new PrivateKey(TestKey.number(number).privateKey(), true)
        .toWif(ConsensusParams.regtest().network());
  }

  private static String key(int number) {
    return Hex.encode(TestKey.number(number).publicKey());
  }

  /** A coin of 50 of each descriptor, mature, as an input. */
  private List<Map<String, Object>> coins(String... descriptors) {
    for (String descriptor : descriptors) {
      node.call("generatetodescriptor", 1, descriptor);
    }
    node.call("generatetodescriptor", 100, "raw(51)");
    List<Map<String, Object>> inputs = new ArrayList<>();
    for (String descriptor : descriptors) {
      JsonNode coin = node.call("scantxoutset", "start", List.of(descriptor)).at("/unspents/0");
      inputs.add(Map.of("txid", coin.get("txid").asText(), "vout", coin.get("vout").asInt()));
    }
    return inputs;
  }

  private JsonNode decoded(String psbt) {
    return node.call("decodepsbt", psbt);
  }

  @TestFactory
  Stream<DynamicTest> vectorsAreShownAsTheMethodDeclares() {
    return Vectors.json("rpc_psbt.json")
        .get("valid")
        .valueStream()
        .map(
            vector ->
                DynamicTest.dynamicTest(
                    vector.asText(),
                    () -> {
                      JsonNode shown = decoded(vector.asText());
                      JsonNode analysis = node.call("analyzepsbt", vector.asText());
                      assertThat(analysis.path("inputs").size())
                          .isEqualTo(analysis.has("error") ? 0 : shown.get("inputs").size());
                      JsonNode finalized = node.call("finalizepsbt", vector.asText());
                      if (finalized.has("psbt")) {
                        decoded(finalized.get("psbt").asText());
                      } else {
                        node.call("decoderawtransaction", finalized.get("hex").asText());
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> whatIsWrongWithVectorsIsSaid() {
    return Vectors.json("rpc_psbt.json")
        .get("invalid_with_msg")
        .valueStream()
        .map(
            vector ->
                DynamicTest.dynamicTest(
                    vector.get(0).asText(),
                    () ->
                        assertThat(node.error(null, "decodepsbt", vector.get(0).asText()))
                            .startsWith("-22 TX decode failed " + vector.get(1).asText())));
  }

  @Test
  void bothVersionsSayTheSame() {
    List<Map<String, Object>> inputs =
        List.of(
            Map.of("txid", UNKNOWN, "vout", 3, "sequence", 7), Map.of("txid", UNKNOWN, "vout", 0));
    List<Map<String, Object>> outputs = List.of(Map.of(ADDRESS, "0.5"), Map.of("data", "00ff"));
    String raw = node.call("createrawtransaction", inputs, outputs, 9).asText();
    String zero = node.call("createpsbt", inputs, outputs, 9, true, 2, 0).asText();
    String two = node.call("createpsbt", inputs, outputs, 9).asText();
    assertThat(node.call("converttopsbt", raw).asText()).isEqualTo(two);
    assertThat(node.call("converttopsbt", raw, false, true, 0).asText()).isEqualTo(zero);
    assertThat(decoded(zero).get("tx")).isEqualTo(node.call("decoderawtransaction", raw));
    JsonNode shown = decoded(two);
    assertThat(shown.get("psbt_version").asInt()).isEqualTo(2);
    assertThat(shown.get("fallback_locktime").asInt()).isEqualTo(9);
    assertThat(shown.at("/inputs/0/previous_vout").asInt()).isEqualTo(3);
    assertThat(shown.at("/inputs/0/sequence").asInt()).isEqualTo(7);
    assertThat(shown.at("/outputs/0/script/address").asText()).isEqualTo(ADDRESS);
    assertThat(shown.at("/outputs/0/amount").decimalValue()).isEqualByComparingTo("0.5");
    assertThat(node.error(null, "createpsbt", inputs, outputs, 9, true, 2, 1))
        .isEqualTo("-8 The PSBT version can only be 2 or 0");
    assertThat(node.error(null, "converttopsbt", raw, false, true, 3))
        .isEqualTo("-8 The PSBT version can only be 2 or 0");
  }

  /** A transaction without inputs can be read as one that begins with a witness. */
  @Test
  void aTransactionWithoutInputsIsRead() {
    String raw = node.call("createrawtransaction", List.of(), Map.of(ADDRESS, 1)).asText();
    assertThat(node.call("decoderawtransaction", raw).at("/vout/0/value").decimalValue())
        .isEqualByComparingTo("1");
    assertThat(node.call("decoderawtransaction", raw, false).get("vin").size()).isZero();
    assertThat(node.error(null, "decoderawtransaction", raw, true))
        .isEqualTo("-22 TX decode failed");
    assertThat(decoded(node.call("converttopsbt", raw).asText()).get("output_count").asInt())
        .isEqualTo(1);
  }

  @Test
  void descriptorsSignEachKindOfOutput() {
    String a = secret(1);
    String b = secret(2);
    String[] kinds = {
      "pk(" + a + ")",
      "pkh(" + a + ")",
      "wpkh(" + a + ")",
      "sh(wpkh(" + a + "))",
      "sh(multi(1," + key(3) + "," + b + "))",
      "wsh(pkh(" + a + "))",
      "wsh(multi(2," + a + "," + key(3) + "," + b + "))",
      "sh(wsh(multi(2," + a + "," + b + ")))",
      "tr(" + a + ")",
      "tr(" + key(3) + ",pk(" + b + "))",
      "tr(" + NOBODY + ",{pk(" + key(3) + "),multi_a(2," + a + "," + key(3) + "," + b + ")})",
      "rawtr(" + b + ")"
    };
    List<Map<String, Object>> inputs = coins(kinds);
    for (int version : new int[] {0, 2}) {
      String psbt =
          node.call(
                  "createpsbt", inputs, Map.of(ADDRESS, kinds.length * 50 - 1), 0, true, 2, version)
              .asText();
      JsonNode processed =
          node.call("descriptorprocesspsbt", psbt, List.of(kinds), "ALL", true, false);
      // Without an index of transactions nobody can prove what old outputs are worth.
      assertThat(processed.get("complete").asBoolean()).isFalse();
      JsonNode shown = decoded(processed.get("psbt").asText());
      for (int i = 0; i < kinds.length; i++) {
        boolean legacy = i < 2 || i == 4;
        assertThat(shown.at("/inputs/" + i).has("witness_utxo")).as(kinds[i]).isEqualTo(!legacy);
      }
      List<Map<String, Object>> segwit = new ArrayList<>(inputs);
      segwit.removeAll(List.of(inputs.get(0), inputs.get(1), inputs.get(4)));
      String modern =
          node.call(
                  "createpsbt",
                  segwit,
                  Map.of(ADDRESS, segwit.size() * 50 - 1),
                  0,
                  true,
                  2,
                  version)
              .asText();
      JsonNode signed = node.call("descriptorprocesspsbt", modern, List.of(kinds));
      assertThat(signed.get("complete").asBoolean()).isTrue();
      String hex = signed.get("hex").asText();
      JsonNode test = node.call("testmempoolaccept", List.of(hex), 0).get(0);
      assertThat(test.get("allowed").asBoolean()).as(test.toString()).isTrue();
      assertThat(node.call("finalizepsbt", signed.get("psbt").asText()).get("hex").asText())
          .isEqualTo(hex);
      JsonNode analysis = node.call("analyzepsbt", signed.get("psbt").asText());
      assertThat(analysis.get("next").asText()).isEqualTo("extractor");
      assertThat(analysis.get("fee").decimalValue()).isEqualByComparingTo("1");
      assertThat(analysis.get("estimated_vsize").asInt())
          .isEqualTo(node.call("decoderawtransaction", hex).get("vsize").asInt());
    }
  }

  /** Two of three sign, each on a machine of their own; the roles follow one another. */
  @Test
  void cosignersSignOneAfterTheOther() {
    String multisig = "wsh(multi(2," + key(1) + "," + key(2) + "," + key(3) + "))";
    List<Map<String, Object>> inputs = coins(multisig);
    String created = node.call("createpsbt", inputs, Map.of(ADDRESS, "49.99")).asText();
    assertThat(next(created)).isEqualTo("updater");
    String updated = node.call("utxoupdatepsbt", created).asText();
    JsonNode analysis = node.call("analyzepsbt", updated);
    assertThat(analysis.get("next").asText()).isEqualTo("updater");
    assertThat(analysis.at("/inputs/0/has_utxo").asBoolean()).isTrue();
    assertThat(analysis.get("fee").decimalValue()).isEqualByComparingTo("0.01");
    updated = node.call("utxoupdatepsbt", created, List.of(multisig)).asText();
    analysis = node.call("analyzepsbt", updated);
    assertThat(analysis.get("next").asText()).isEqualTo("signer");
    assertThat(analysis.at("/inputs/0/missing/signatures").size()).isEqualTo(3);
    int estimated = analysis.get("estimated_vsize").asInt();

    List<String> copies = new ArrayList<>();
    for (int signer : new int[] {3, 1}) {
      String own =
          "wsh(multi(2,"
              + cosigner(1, signer)
              + ","
              + cosigner(2, signer)
              + ","
              + cosigner(3, signer)
              + "))";
      JsonNode processed = node.call("descriptorprocesspsbt", updated, List.of(own));
      assertThat(processed.get("complete").asBoolean()).isFalse();
      copies.add(processed.get("psbt").asText());
      assertThat(decoded(copies.get(copies.size() - 1)).at("/inputs/0/partial_signatures").size())
          .isEqualTo(1);
    }
    String combined = node.call("combinepsbt", copies).asText();
    assertThat(decoded(combined).at("/inputs/0/partial_signatures").size()).isEqualTo(2);
    assertThat(next(combined)).isEqualTo("finalizer");
    String finished = node.call("finalizepsbt", combined, false).get("psbt").asText();
    assertThat(next(finished)).isEqualTo("extractor");
    assertThat(decoded(finished).at("/inputs/0").has("partial_signatures")).isFalse();
    String hex = node.call("finalizepsbt", combined).get("hex").asText();
    assertThat(node.call("decoderawtransaction", hex).get("vsize").asInt())
        .isBetween(estimated - 1, estimated);
    node.call("sendrawtransaction", hex, 0);
  }

  private static String cosigner(int number, int signer) {
    return number == signer ? secret(number) : key(number);
  }

  private String next(String psbt) {
    return node.call("analyzepsbt", psbt).get("next").asText();
  }

  @Test
  void waitingTransactionsProveWhatTheirOutputsAreWorth() {
    List<Map<String, Object>> inputs = coins("wpkh(" + secret(1) + ")");
    String first =
        node.call("createpsbt", inputs, Map.of("mrCDrCybB6J1vRfbwM5hemdJz73FwDBC8r", "49.99"))
            .asText();
    JsonNode sent = node.call("descriptorprocesspsbt", first, List.of("wpkh(" + secret(1) + ")"));
    String txid = node.call("sendrawtransaction", sent.get("hex").asText(), 0).asText();
    String second =
        node.call("createpsbt", List.of(Map.of("txid", txid, "vout", 0)), Map.of(ADDRESS, "49.98"))
            .asText();
    JsonNode shown = decoded(node.call("utxoupdatepsbt", second).asText());
    assertThat(shown.at("/inputs/0/non_witness_utxo/txid").asText()).isEqualTo(txid);
    assertThat(shown.at("/inputs/0").has("witness_utxo")).isFalse();
    assertThat(shown.get("fee").decimalValue()).isEqualByComparingTo("0.01");
    JsonNode signed = node.call("descriptorprocesspsbt", second, List.of("pkh(" + secret(1) + ")"));
    node.call("sendrawtransaction", signed.get("hex").asText(), 0);
  }

  @Test
  void outputsSayWhereTheirKeysComeFrom() {
    String root = "[d34db33f/84h]" + key(1);
    String descriptor = "tr(" + root + ",{pk(" + key(2) + "),pk(" + key(3) + ")})";
    String address =
        node.call(
                "deriveaddresses",
                node.call("getdescriptorinfo", descriptor).get("descriptor").asText())
            .get(0)
            .asText();
    String psbt = node.call("createpsbt", List.of(), Map.of(address, 1)).asText();
    JsonNode shown = decoded(node.call("utxoupdatepsbt", psbt, List.of(descriptor)).asText());
    JsonNode output = shown.at("/outputs/0");
    assertThat(output.get("taproot_internal_key").asText()).isEqualTo(key(1).substring(2));
    assertThat(output.get("taproot_tree").size()).isEqualTo(2);
    assertThat(output.at("/taproot_tree/0/depth").asInt()).isEqualTo(1);
    assertThat(output.get("taproot_bip32_derivs").findValuesAsText("path"))
        .containsExactlyInAnyOrder("m/84h", "m", "m");
    String again = node.call("utxoupdatepsbt", psbt, List.of(descriptor)).asText();
    assertThat(node.call("utxoupdatepsbt", again, List.of(descriptor)).asText()).isEqualTo(again);
  }

  @Test
  void aHashTypeIsAgreedOn() {
    String descriptor = "wpkh(" + secret(1) + ")";
    List<Map<String, Object>> inputs = coins(descriptor);
    String psbt = node.call("createpsbt", inputs, Map.of(ADDRESS, "49.99")).asText();
    JsonNode signed =
        node.call(
            "descriptorprocesspsbt", psbt, List.of(descriptor), "ALL|ANYONECANPAY", true, false);
    String text = signed.get("psbt").asText();
    assertThat(decoded(text).at("/inputs/0/sighash").asText()).isEqualTo("ALL|ANYONECANPAY");
    assertThat(signed.get("complete").asBoolean()).isFalse();
    assertThat(node.call("finalizepsbt", text).get("complete").asBoolean()).isTrue();
    for (String type : List.of("DEFAULT", "ALL", "NONE", "SINGLE|ANYONECANPAY")) {
      assertThat(node.error(null, "descriptorprocesspsbt", text, List.of(descriptor), type))
          .isEqualTo("-22 Specified sighash value does not match value stored in PSBT");
    }
    assertThat(node.error(null, "descriptorprocesspsbt", text, List.of(descriptor)))
        .isEqualTo("-22 Specified sighash value does not match value stored in PSBT");
    assertThat(node.error(null, "descriptorprocesspsbt", psbt, List.of(descriptor), "all"))
        .isEqualTo("-8 'all' is not a valid sighash parameter.");
  }

  @Test
  void differentTransactionsAreJoined() {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      parts.add(
          node.call(
                  "createpsbt",
                  List.of(Map.of("txid", UNKNOWN, "vout", i)),
                  List.of(Map.of(ADDRESS, "0." + (i + 1))),
                  i == 1 ? 5 : 6,
                  true,
                  i == 2 ? 3 : 1,
                  0)
              .asText());
    }
    JsonNode joined = decoded(node.call("joinpsbts", parts).asText()).get("tx");
    assertThat(joined.get("vin").findValuesAsText("vout")).containsExactlyInAnyOrder("0", "1", "2");
    assertThat(joined.get("vout").findValues("value"))
        .extracting(JsonNode::decimalValue)
        .usingElementComparator(BigDecimal::compareTo)
        .containsExactlyInAnyOrder(
            new BigDecimal("0.1"), new BigDecimal("0.2"), new BigDecimal("0.3"));
    assertThat(joined.get("version").asInt()).isEqualTo(3);
    assertThat(joined.get("locktime").asInt()).isEqualTo(5);
    assertThat(node.error(null, "joinpsbts", List.of(parts.get(0))))
        .isEqualTo("-8 At least two PSBTs are required to join PSBTs.");
    assertThat(node.error(null, "joinpsbts", List.of(parts.get(0), parts.get(0))))
        .isEqualTo("-8 Input " + UNKNOWN + ":0 exists in multiple PSBTs");
    String two = node.call("createpsbt", List.of(), Map.of()).asText();
    assertThat(node.error(null, "joinpsbts", List.of(parts.get(0), two)))
        .isEqualTo("-8 joinpsbts only operates on version 0 PSBTs");
  }

  @Test
  void whatIsWrongIsSaid() {
    String psbt = node.call("createpsbt", List.of(), Map.of(ADDRESS, 1)).asText();
    String other = node.call("createpsbt", List.of(), Map.of(ADDRESS, 2)).asText();
    assertThat(node.error(null, "combinepsbt", List.of()))
        .isEqualTo("-8 Parameter 'txs' cannot be empty");
    assertThat(node.error(null, "combinepsbt", List.of(psbt, other)))
        .isEqualTo("-8 PSBTs not compatible (different transactions)");
    assertThat(node.error(null, "decodepsbt", ";"))
        .isEqualTo("-22 TX decode failed invalid base64");
    assertThat(node.error(null, "finalizepsbt", "cHNidP8=")).startsWith("-22 TX decode failed ");
    assertThat(node.error(null, "utxoupdatepsbt", psbt, List.of("wpkh(x)")))
        .isEqualTo("-5 wpkh(): key 'x' is not valid");
    assertThat(node.error(null, "utxoupdatepsbt", psbt, List.of(1)))
        .isEqualTo("-8 Scan object needs to be either a string or an object");
    List<Map<String, Object>> inputs = coins("pkh(" + secret(1) + ")");
    String raw = node.call("createrawtransaction", inputs, Map.of(ADDRESS, 1)).asText();
    String signed =
        node.call("signrawtransactionwithkey", raw, List.of(secret(1))).get("hex").asText();
    assertThat(node.error(null, "converttopsbt", signed))
        .isEqualTo("-22 Inputs must not have scriptSigs and scriptWitnesses");
    assertThat(node.call("converttopsbt", signed, true).asText())
        .isEqualTo(node.call("converttopsbt", raw).asText());
  }
}
