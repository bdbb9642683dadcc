package org.farthing.wallet.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import fr.acinq.bitcoin.MnemonicCode;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.testing.Vectors;
import org.farthing.wallet.TestNetworks;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MnemonicTest {
  private static final String WORDS =
      "legal winner thank year wave sausage worth useful legal winner thank yellow";

  @Test
  void theWordListIsTheOneOfTheStandard() throws IOException {
    try (var in = WordList.class.getResourceAsStream(WordList.RESOURCE)) {
      assertThat(Hex.encode(Sha256.hash(in.readAllBytes())))
          .isEqualTo("2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda");
    }
  }

  /** The vectors of other languages need word lists that this wallet does not have. */
  @TestFactory
  Stream<DynamicTest> theEnglishVectors() {
    JsonNode english = Vectors.json("bip39_vectors.json").get("english");
    return english
        .valueStream()
        .map(vector -> DynamicTest.dynamicTest(vector.get(0).asText(), () -> check(vector)));
  }

  private static void check(JsonNode vector) throws WalletException {
    String entropy = vector.get(0).asText();
    String words = vector.get(1).asText();
    Mnemonic mnemonic = Mnemonic.ofEntropy(Hex.constant(entropy));
    assertThat(String.join(" ", mnemonic.words())).isEqualTo(words);
    Mnemonic parsed = Mnemonic.parse(words);
    assertThat(parsed).isEqualTo(mnemonic);
    assertThat(Hex.encode(parsed.entropy())).isEqualTo(entropy);
    byte[] seed = parsed.toSeed("TREZOR");
    assertThat(Hex.encode(seed)).isEqualTo(vector.get(2).asText());
    assertThat(ExtendedKey.ofSeed(seed).toPrivateString(TestNetworks.BITCOIN))
        .isEqualTo(vector.get(3).asText());
  }

  @TestFactory
  Stream<DynamicTest> seedsOfRandomWordsAgreeWithBitcoinKmp() {
    return Stream.of(12, 15, 18, 21, 24)
        .map(
            count ->
                DynamicTest.dynamicTest(
                    count + " words",
                    () -> {
                      Mnemonic mnemonic = Mnemonic.generate(count, new SecureRandom());
                      assertThat(mnemonic.words()).hasSize(count);
                      MnemonicCode.validate(String.join(" ", mnemonic.words()));
                      assertThat(mnemonic.toSeed("pass"))
                          .isEqualTo(MnemonicCode.toSeed(mnemonic.words(), "pass"));
                    }));
  }

  @Test
  void anUnknownWordIsNamedByItsPlaceWithTheNearestOne() {
    Map<String, String> typed =
        Map.of("yelow", "yellow", "lgeal", "legal", "winnner", "winner", "sasage", "sausage");
    typed.forEach(
        (wrong, right) -> {
          String words = WORDS.replaceFirst(right, wrong);
          int place = List.of(words.split(" ", -1)).indexOf(wrong) + 1;
          assertRefused(
              words, "word " + place + " is not a recovery word; did you mean '" + right + "'?");
        });
  }

  @Test
  void twoWordsInTheWrongOrderDontFitTogether() {
    assertRefused(WORDS.replace("wave sausage", "sausage wave"), "(checksum)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "legal", "legal winner thank year wave sausage worth useful"})
  void aWrongCountIsRefused(String words) {
    assertRefused(words, "12, 15, 18, 21 or 24, not ");
  }

  @Test
  void spacesAndCaseDontMatter() throws WalletException {
    assertThat(Mnemonic.parse("  " + WORDS.toUpperCase(Locale.ROOT).replace(" ", "\n ")))
        .isEqualTo(Mnemonic.parse(WORDS));
  }

  @Test
  void wordsDontShowInTexts() throws WalletException {
    assertThat(Mnemonic.parse(WORDS)).hasToString("12 recovery words");
  }

  private static void assertRefused(String words, String message) {
    assertThatThrownBy(() -> Mnemonic.parse(words))
        .isInstanceOfSatisfying(
            WalletException.class, e -> assertThat(e.error()).isEqualTo(WalletError.INVALID_WORDS))
        .hasMessageContaining(message);
  }
}
