package org.farthing.wallet.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.farthing.wallet.TestNetworks;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.DerivationPath;
import org.farthing.wallet.keys.ExtendedKey;
import org.farthing.wallet.keys.Mnemonic;
import org.junit.jupiter.api.Test;

class DescriptorTest {
  private static final String ABANDON = "abandon ".repeat(11) + "about";

  private static ExtendedKey account(int purpose) throws WalletException {
    return ExtendedKey.ofSeed(Mnemonic.parse(ABANDON).toSeed(""))
        .derive(DerivationPath.parse(purpose + "h/0h/0h"))
        .toPublic();
  }

  private static String address(String function, int purpose, String branch, int index)
      throws WalletException {
    String key = account(purpose).toPublicString(TestNetworks.BITCOIN);
    String text =
        function.replace("KEY", "[73c5da0a/" + purpose + "h/0h/0h]" + key + branch + "/*");
    ScriptExpression descriptor = ScriptExpression.parse(text, TestNetworks.BITCOIN);
    assertThat(Descriptor.parse(descriptor.text(), TestNetworks.BITCOIN)).isEqualTo(descriptor);
    return Address.ofScript(descriptor.scriptAt(index), TestNetworks.BITCOIN)
        .orElseThrow()
        .toString();
  }

  @Test
  void theVectorsOfBip84() throws WalletException {
    assertThat(address("wpkh(KEY)", 84, "/0", 0))
        .isEqualTo("bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu");
    assertThat(address("wpkh(KEY)", 84, "/0", 1))
        .isEqualTo("bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g");
    assertThat(address("wpkh(KEY)", 84, "/1", 0))
        .isEqualTo("bc1q8c6fshw2dlwun7ekn9qwf37cu2rn755upcp6el");
  }

  @Test
  void otherKindsOfTheSameWords() throws WalletException {
    assertThat(address("pkh(KEY)", 44, "/0", 0)).isEqualTo("1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA");
    assertThat(address("sh(wpkh(KEY))", 49, "/0", 0))
        .isEqualTo("37VucYSaXLCAsxYyAPfbSi9eh4iEcbShgf");
  }

  /** From BIP-0380. */
  @Test
  void checksumsFindMistakes() {
    assertThat(DescriptorChecksum.of("raw(deadbeef)")).isEqualTo("89f8spxm");
    assertThat(DescriptorChecksum.of("raw(deedbeef)")).isNotEqualTo("89f8spxm");
  }

  @Test
  void whatIsNotUnderstoodIsRefused() throws WalletException {
    String key = account(84).toPublicString(TestNetworks.BITCOIN);
    for (String wrong :
        List.of(
            "",
            "wpkh()",
            "wsh(" + key + ")",
            "wpkh(" + key + ")#aaaaaaaa",
            "wpkh([1234567/1h]" + key + "/*)",
            "wpkh([12345678/1h" + key + "/*)",
            "wpkh(" + key + "/x/*)",
            "wpkh(" + key + "/2147483648/*)")) {
      assertThatThrownBy(() -> Descriptor.parse(wrong, TestNetworks.BITCOIN))
          .as(wrong)
          .isInstanceOf(WalletException.class);
    }
  }

  @Test
  void keysAreDerivedAGapAhead() throws WalletException {
    ScriptExpression descriptor =
        ScriptExpression.parse(
            "wpkh(" + account(84).toPublicString(TestNetworks.BITCOIN) + "/0/*)",
            TestNetworks.BITCOIN);
    Keychain.Details details = new Keychain.Details(0, 0, 0, Set.of());
    Keychain keychain = new Keychain(0, Keychain.Role.RECEIVE, descriptor, descriptor, details);
    Keychains keychains = new Keychains(20);
    keychains.add(keychain, 0);
    assertThat(keychain.derivedEnd()).isEqualTo(20);
    assertThat(keychains.find(descriptor.scriptAt(20))).isEmpty();
    assertThat(keychains.markUsed(keychain.script(7))).isTrue();
    assertThat(keychains.markUsed(keychain.script(7))).isFalse();
    assertThat(keychain.derivedEnd()).isEqualTo(28);
    assertThat(keychains.issue(keychain).index()).isEqualTo(8);
    assertThat(keychain.derivedEnd()).isEqualTo(28);
    assertThat(keychains.issue(keychain).index()).isEqualTo(9);
    assertThat(IntStream.range(0, 29))
        .allSatisfy(
            index ->
                assertThat(keychains.find(descriptor.scriptAt(index)))
                    .contains(new ScriptOrigin(keychain, index, 0)));
  }
}
