package org.farthing.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.farthing.node.rpc.NodeFixture.ELSEWHERE;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a wallet does with partially signed transactions, and what it leaves alone. */
class WalletPsbtMethodsTest {
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

  /** Spends both coins, and tells nothing of where keys come from. */
  private String draft() {
    return node.at("w", "walletcreatefundedpsbt", List.of(), Map.of(ELSEWHERE, 60), 0, null, false)
        .get("psbt")
        .asText();
  }

  private JsonNode inputs(JsonNode processed) {
    return node.call("decodepsbt", processed.get("psbt").asText()).get("inputs");
  }

  private static List<String> signatures(JsonNode inputs) {
    return StreamSupport.stream(inputs.spliterator(), false)
        .flatMap(
            input ->
                StreamSupport.stream(input.get("partial_signatures").spliterator(), false)
                    .map(JsonNode::asText))
        .toList();
  }

  @Test
  void aWalletMayOnlyFillIn() {
    String draft = draft();
    for (JsonNode input : node.call("decodepsbt", draft).get("inputs")) {
      assertThat(input.has("bip32_derivs")).isFalse();
    }
    JsonNode filled = node.at("w", "walletprocesspsbt", draft, false);
    assertThat(filled.get("complete").asBoolean()).isFalse();
    assertThat(filled.has("hex")).isFalse();
    assertThat(inputs(filled)).hasSize(2);
    for (JsonNode input : inputs(filled)) {
      assertThat(input.at("/bip32_derivs/0/path").asText()).startsWith("m/84h/1h/0h/0/");
      assertThat(input.has("partial_signatures")).isFalse();
      assertThat(input.has("final_scriptwitness")).isFalse();
      assertThat(input.has("witness_utxo") || input.has("non_witness_utxo")).isTrue();
    }
    JsonNode silent = node.at("w", "walletprocesspsbt", draft, false, "DEFAULT", false);
    assertThat(inputs(silent).findValues("bip32_derivs")).isEmpty();
  }

  @Test
  void signaturesAreMadeFinalOrNot() {
    JsonNode signed = node.at("w", "walletprocesspsbt", draft(), true, "DEFAULT", true, false);
    assertThat(signed.get("complete").asBoolean()).isFalse();
    assertThat(signed.has("hex")).isFalse();
    assertThat(signatures(inputs(signed))).hasSize(2).allMatch(each -> each.endsWith("01"));
    JsonNode last = node.call("finalizepsbt", signed.get("psbt").asText());
    assertThat(last.get("complete").asBoolean()).isTrue();
    // The wallet finds its own signatures again, and makes them final.
    JsonNode again = node.at("w", "walletprocesspsbt", signed.get("psbt").asText());
    assertThat(again.get("complete").asBoolean()).isTrue();
    assertThat(again.get("hex")).isEqualTo(last.get("hex"));
    assertThat(inputs(again).findValues("final_scriptwitness")).hasSize(2);
    node.call("sendrawtransaction", again.get("hex").asText());
  }

  @Test
  void theCallerChoosesWhatIsSigned() {
    String draft = draft();
    JsonNode signed =
        node.at("w", "walletprocesspsbt", draft, true, "ALL|ANYONECANPAY", true, false);
    assertThat(signatures(inputs(signed))).hasSize(2).allMatch(each -> each.endsWith("81"));
    for (JsonNode input : inputs(signed)) {
      assertThat(input.get("sighash").asText()).isEqualTo("ALL|ANYONECANPAY");
    }
    assertThat(node.error("w", "walletprocesspsbt", signed.get("psbt").asText(), true, "ALL"))
        .isEqualTo("-22 Specified sighash value does not match value stored in PSBT");
    assertThat(node.error("w", "walletprocesspsbt", draft, true, "ALL|SOME"))
        .isEqualTo("-8 'ALL|SOME' is not a valid sighash parameter.");
    assertThat(node.error("w", "walletprocesspsbt", "x")).startsWith("-22 TX decode failed");
  }

  @Test
  void aLockedWalletFillsInAllTheSame() {
    String draft = draft();
    node.at("w", "encryptwallet", "secret");
    assertThat(node.error("w", "walletprocesspsbt", draft))
        .isEqualTo("-13 Error: Please enter the wallet passphrase with walletpassphrase first.");
    assertThat(inputs(node.at("w", "walletprocesspsbt", draft, false)).findValues("bip32_derivs"))
        .hasSize(2);
    node.at("w", "walletpassphrase", "secret", 60);
    assertThat(node.at("w", "walletprocesspsbt", draft).get("complete").asBoolean()).isTrue();
  }

  @Test
  void whatBelongsToOthersStaysOpen() {
    node.createRichWallet("o", 1);
    JsonNode own = node.at("w", "listunspent").get(0);
    JsonNode foreign = node.at("o", "listunspent").get(0);
    List<Map<String, Object>> coins =
        List.of(
            Map.of("txid", own.get("txid").asText(), "vout", 0),
            Map.of("txid", foreign.get("txid").asText(), "vout", 0));
    String psbt = node.call("createpsbt", coins, Map.of(ELSEWHERE, "99.9999")).asText();
    JsonNode mine = node.at("w", "walletprocesspsbt", psbt);
    assertThat(mine.get("complete").asBoolean()).isFalse();
    assertThat(inputs(mine).get(0).has("final_scriptwitness")).isTrue();
    assertThat(inputs(mine).get(1).fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("previous_txid", "previous_vout", "sequence");
    JsonNode theirs = node.at("o", "walletprocesspsbt", mine.get("psbt").asText());
    assertThat(theirs.get("complete").asBoolean()).isTrue();
    node.call("sendrawtransaction", theirs.get("hex").asText());
  }

  @Test
  void bothVersionsAreMade() {
    for (int version : List.of(0, 2)) {
      String made =
          node.at(
                  "w",
                  "walletcreatefundedpsbt",
                  List.of(),
                  Map.of(ELSEWHERE, 1),
                  0,
                  Map.of(),
                  true,
                  null,
                  version)
              .get("psbt")
              .asText();
      assertThat(node.call("decodepsbt", made).get("psbt_version").asInt()).isEqualTo(version);
      assertThat(node.at("w", "walletprocesspsbt", made).get("complete").asBoolean()).isTrue();
    }
  }
}
