package org.farthing.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.farthing.node.rpc.NodeFixture.ELSEWHERE;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.params.Network;
import org.farthing.wallet.keys.ExtendedKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wallets of several owners that make one signature together (BIP327, 373, 390). */
class WalletMusigMethodsTest {
  private static final int OWNERS = 3;

  /** Nobody knows its secret (BIP341). */
  private static final String UNSPENDABLE =
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

  private static ExtendedKey root(int owner) {
    byte[] seed = new byte[32];
    seed[0] = (byte) (owner + 1);
    return ExtendedKey.ofSeed(seed);
  }

  private static String name(int owner) {
    return "owner" + owner;
  }

  /** The same descriptor for all, in each of which another key is private. */
  private void makeWallets(String pattern) {
    Network network = node.builder.params().network();
    for (int owner = 0; owner < OWNERS; owner++) {
      String descriptor = pattern.replace("$H", UNSPENDABLE);
      for (int key = 0; key < OWNERS; key++) {
        ExtendedKey root = root(key);
        descriptor =
            descriptor.replace(
                "$" + key,
                key == owner ? root.toPrivateString(network) : root.toPublicString(network));
      }
      String sum = node.call("getdescriptorinfo", descriptor).get("checksum").asText();
      node.call("createwallet", name(owner), false, true);
      Map<String, Object> wanted =
          Map.of("desc", descriptor + "#" + sum, "active", true, "timestamp", 0);
      for (JsonNode answer : node.at(name(owner), "importdescriptors", List.of(wanted))) {
        assertThat(answer.get("success").asBoolean()).as(answer.toString()).isTrue();
      }
    }
  }

  /** A draft that spends a coin of all owners. */
  private String draft() {
    List<String> addresses = new ArrayList<>();
    for (int owner = 0; owner < OWNERS; owner++) {
      addresses.add(node.at(name(owner), "getnewaddress", "", "bech32m").asText());
    }
    assertThat(addresses).containsOnly(addresses.get(0));
    node.call("generatetoaddress", 1, addresses.get(0));
    node.call("generatetoaddress", 100, ELSEWHERE);
    return node.at(
            name(0),
            "walletcreatefundedpsbt",
            List.of(),
            Map.of(ELSEWHERE, 5),
            0,
            Map.of("change_type", "bech32m"))
        .get("psbt")
        .asText();
  }

  /** What the first owners make of it, together. */
  private String process(String psbt, int owners) {
    List<String> processed = new ArrayList<>();
    for (int owner = 0; owner < owners; owner++) {
      JsonNode answer = node.at(name(owner), "walletprocesspsbt", psbt);
      processed.add(answer.get("psbt").asText());
    }
    return node.call("combinepsbt", processed).asText();
  }

  private JsonNode input(String psbt) {
    return node.call("decodepsbt", psbt).at("/inputs/0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tr(musig($0,$1,$2)/<0;1>/*)",
        "rawtr(musig($0/<0;1>/*,$1/<0;1>/*,$2/<0;1>/*))",
        "tr($H,pk(musig($0,$1,$2)/<0;1>/*))",
        "tr($H,{pk(musig($0/<0;1>/*,$1/<0;1>/*,$2/<0;1>/*)),pk($H)})"
      })
  void afterTwoRoundsThereIsOneSignature(String pattern) {
    makeWallets(pattern);
    String draft = draft();
    assertThat(input(draft).at("/musig2_participant_pubkeys/0/participant_pubkeys"))
        .hasSize(OWNERS);
    String nonces = process(draft, OWNERS);
    assertThat(input(nonces).get("musig2_pubnonces")).hasSize(OWNERS);
    assertThat(input(nonces).has("musig2_partial_sigs")).isFalse();
    assertThat(node.call("finalizepsbt", nonces).get("complete").asBoolean()).isFalse();
    String signed = process(nonces, OWNERS);
    assertThat(input(signed).get("musig2_partial_sigs")).hasSize(OWNERS);
    JsonNode last = node.call("finalizepsbt", signed);
    assertThat(last.get("complete").asBoolean()).isTrue();
    String txid = node.call("sendrawtransaction", last.get("hex").asText()).asText();
    node.call("generatetoaddress", 1, ELSEWHERE);
    for (int owner = 0; owner < OWNERS; owner++) {
      JsonNode seen = node.at(name(owner), "gettransaction", txid);
      assertThat(seen.get("confirmations").asInt()).isEqualTo(1);
    }
  }

  @Test
  void nobodySignsBeforeAllNoncesAreThere() {
    makeWallets("tr(musig($0,$1,$2)/<0;1>/*)");
    String nonces = process(draft(), OWNERS - 1);
    String again = process(nonces, OWNERS - 1);
    assertThat(input(again).get("musig2_pubnonces")).hasSize(OWNERS - 1);
    assertThat(input(again).has("musig2_partial_sigs")).isFalse();
    assertThat(node.call("finalizepsbt", again).get("complete").asBoolean()).isFalse();
  }

  @Test
  void allHaveToSign() {
    makeWallets("tr(musig($0,$1,$2)/<0;1>/*)");
    String nonces = process(draft(), OWNERS);
    String signed = process(nonces, OWNERS - 1);
    assertThat(input(signed).get("musig2_partial_sigs")).hasSize(OWNERS - 1);
    assertThat(node.call("finalizepsbt", signed).get("complete").asBoolean()).isFalse();
    String whole = node.at(name(OWNERS - 1), "walletprocesspsbt", signed).get("psbt").asText();
    assertThat(input(whole).get("musig2_partial_sigs")).hasSize(OWNERS);
    // Whoever looks next puts the parts together.
    JsonNode last = node.at(name(0), "walletprocesspsbt", whole);
    assertThat(last.get("complete").asBoolean()).isTrue();
    node.call("sendrawtransaction", last.get("hex").asText());
  }

  /** Whoever signed twice with one nonce would give his key away (BIP327). */
  @Test
  void aNonceSignsOnce() {
    makeWallets("tr(musig($0,$1,$2)/<0;1>/*)");
    String nonces = process(draft(), OWNERS);
    String first = node.at(name(0), "walletprocesspsbt", nonces).get("psbt").asText();
    assertThat(input(first).get("musig2_partial_sigs")).hasSize(1);
    String second = node.at(name(0), "walletprocesspsbt", nonces).get("psbt").asText();
    assertThat(input(second).has("musig2_partial_sigs")).isFalse();
  }
}
