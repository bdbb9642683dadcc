package org.farthing.wallet.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.params.Network;
import org.farthing.testing.Vectors;
import org.farthing.wallet.TestNetworks;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.PrivateKey;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class AddressTest {
  private static final List<Network> NETWORKS =
      List.of(
          TestNetworks.BITCOIN,
          TestNetworks.BITCOIN_TEST,
          TestNetworks.SIGNET,
          TestNetworks.REGTEST,
          TestNetworks.TESTNET);

  @TestFactory
  Stream<DynamicTest> taprootOutputs() {
    return Vectors.json("bip341_wallet_vectors.json")
        .get("scriptPubKey")
        .valueStream()
        .map(vector -> vector.get("expected"))
        .map(
            expected ->
                DynamicTest.dynamicTest(
                    expected.get("bip350Address").asText(), () -> checkTaproot(expected)));
  }

  private static void checkTaproot(JsonNode expected) throws WalletException {
    Address address = Address.parse(expected.get("bip350Address").asText(), TestNetworks.BITCOIN);
    assertThat(address.toScript()).hasToString(expected.get("scriptPubKey").asText());
    assertThat(Address.ofScript(address.toScript(), TestNetworks.BITCOIN)).contains(address);
  }

  @TestFactory
  Stream<DynamicTest> validVectors() {
    return Vectors.json("key_io_valid.json")
        .valueStream()
        .map(
            vector ->
                DynamicTest.dynamicTest(
                    vector.get(0).asText(), () -> checkValid(vector.get(0).asText(), vector)));
  }

  private static void checkValid(String text, JsonNode vector) throws WalletException {
    JsonNode about = vector.get(2);
    Network network = TestNetworks.of(about.get("chain").asText());
    String hex = vector.get(1).asText();
    if (about.get("isPrivkey").asBoolean()) {
      PrivateKey key = PrivateKey.parse(text, network);
      assertThat(Hex.encode(key.secret())).isEqualTo(hex);
      assertThat(key.isCompressed()).isEqualTo(about.get("isCompressed").asBoolean());
      assertThat(key.toWif(network)).isEqualTo(text);
      assertInvalid(text, network);
      return;
    }
    Address address = Address.parse(text, network);
    assertThat(address.toScript()).hasToString(hex);
    assertThat(address).hasToString(text);
    assertThat(Address.ofScript(address.toScript(), network)).contains(address);
    String flipped = flipCase(text);
    if (about.path("tryCaseFlip").asBoolean()) {
      assertThat(Address.parse(flipped, network)).isEqualTo(address);
    } else {
      assertInvalid(flipped, network);
    }
    assertThatThrownBy(() -> PrivateKey.parse(text, network)).isInstanceOf(WalletException.class);
  }

  private static String flipCase(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    StringBuilder flipped = new StringBuilder(text.toLowerCase(Locale.ROOT));
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != upper.charAt(i)) {
        flipped.setCharAt(i, upper.charAt(i));
      }
    }
    return flipped.toString();
  }

  @TestFactory
  Stream<DynamicTest> invalidVectors() {
    return Vectors.json("key_io_invalid.json")
        .valueStream()
        .map(vector -> vector.get(0).asText())
        .map(text -> DynamicTest.dynamicTest("'" + text + "'", () -> checkInvalid(text)));
  }

  private static void checkInvalid(String text) {
    for (Network network : NETWORKS) {
      assertInvalid(text, network);
      assertThatThrownBy(() -> PrivateKey.parse(text, network)).isInstanceOf(WalletException.class);
    }
  }

  private static void assertInvalid(String text, Network network) {
    assertThatThrownBy(() -> Address.parse(text, network)).isInstanceOf(WalletException.class);
  }

  @Test
  void aTypingMistakeIsToldFromAnotherNetwork() {
    String farthing = Address.segwit(TestNetworks.TESTNET, 0, new byte[20]).toString();
    String regtest = Address.segwit(TestNetworks.REGTEST, 0, new byte[20]).toString();
    String oldRegtest = Address.p2pkh(TestNetworks.REGTEST, new byte[20]).toString();
    assertThat(farthing).startsWith("fth1q");
    String mistyped = farthing.substring(0, 10) + "p" + farthing.substring(11);
    assertRefused(
        mistyped, WalletError.INVALID_ADDRESS, "checksum is wrong: the address was mistyped");
    assertRefused(
        farthing.substring(0, farthing.length() - 1) + "1",
        WalletError.INVALID_ADDRESS,
        "mistyped: a '1' stands only after its prefix");
    assertRefused(
        oldRegtest.replace('q', 'r') + "x", WalletError.INVALID_ADDRESS, "checksum is wrong");
    for (String other : List.of(regtest, oldRegtest)) {
      assertRefused(
          other, WalletError.OTHER_NETWORK, "is an address of regtest, this wallet is on testnet");
    }
    assertRefused(
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        WalletError.OTHER_NETWORK,
        "is an address of Bitcoin's main network");
    assertRefused("", WalletError.INVALID_ADDRESS, "empty");
    assertRefused("hello", WalletError.INVALID_ADDRESS, "this is not an address");
    String key = new PrivateKey(Hex.constant("01".repeat(32)), true).toWif(TestNetworks.TESTNET);
    assertRefused(key, WalletError.INVALID_ADDRESS, "looks like a private key");
  }

  private static void assertRefused(String text, WalletError error, String message) {
    assertThatThrownBy(() -> Address.parse(text, TestNetworks.TESTNET))
        .isInstanceOfSatisfying(WalletException.class, e -> assertThat(e.error()).isEqualTo(error))
        .hasMessageContaining(message);
  }

  @Test
  void paymentLinksAreReadAndWritten() throws WalletException {
    Address address = Address.segwit(TestNetworks.TESTNET, 0, new byte[20]);
    PaymentUri uri =
        PaymentUri.parse(
            "FTH:" + address + "?amount=20.3&label=Luke%20J+r&message=&other=1",
            TestNetworks.TESTNET);
    assertThat(uri.address()).isEqualTo(address);
    assertThat(uri.amountSat()).hasValue(2_030_000_000L);
    assertThat(uri.label()).contains("Luke J+r");
    assertThat(uri).hasToString("fth:" + address + "?amount=20.3&label=Luke%20J%2Br&message=");
    assertThat(PaymentUri.parse(uri.toString(), TestNetworks.TESTNET)).isEqualTo(uri);
    assertThat(PaymentUri.parse("bitcoin:" + address, TestNetworks.TESTNET).amountSat()).isEmpty();
  }

  @Test
  void brokenPaymentLinksAreRefused() {
    Address address = Address.segwit(TestNetworks.TESTNET, 0, new byte[20]);
    for (String wrong :
        List.of(
            "http:" + address,
            "fth:" + address + "?req-new=1",
            "fth:" + address + "?amount=1,5",
            "fth:" + address + "?amount=1e3",
            "fth:" + address + "?amount=-1",
            "fth:" + address + "?amount=0.123456789",
            "fth:" + address + "?amount=21000001",
            "fth:" + address + "?label=%zz",
            "fth:" + address + "?label=a&label=b",
            "fth:?amount=1")) {
      assertThatThrownBy(() -> PaymentUri.parse(wrong, TestNetworks.TESTNET))
          .as(wrong)
          .isInstanceOf(WalletException.class);
    }
  }
}
