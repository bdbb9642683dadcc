package org.farthing.wallet.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.wallet.error.WalletException;
import org.junit.jupiter.api.Test;

class KeychainsTest {
  private static final String XPUB =
      "tpubD6NzVbkrYhZ4WaWSyoBvQwbpLkojyoTZPRsgXELWz3Popb3qkjcJyJUGLnL4qHHoQvao8ESaAstxYSnhyswJ76uZPStJRJCTKvosUCJZL5B";

  private static Keychain keychain(int first) throws WalletException {
    Descriptor descriptor =
        new DescriptorParser(ConsensusParams.regtest().network())
            .parse("wpkh(" + XPUB + "/0/*)")
            .get(0);
    Keychain.Details details = new Keychain.Details(0, first, first, Set.of());
    return new Keychain(0, Keychain.Role.RECEIVE, descriptor, descriptor, details);
  }

  /** With one more the wallet's file would not be read again. */
  @Test
  void noMoreAreGivenAwayThanCanBeWatchedFor() throws WalletException {
    Keychains keychains = new Keychains(5, 20);
    Keychain keychain = keychain(100);
    keychains.add(keychain, 100);
    for (int index = 100; index < 120; index++) {
      assertThat(keychains.issue(keychain).index()).isEqualTo(index);
    }
    assertThatThrownBy(() -> keychains.issue(keychain))
        .isInstanceOf(WalletException.class)
        .hasMessage(
            "Error: all 20 addresses of this kind have been given away: use another wallet");
    assertThat(keychains.watchedCount()).isEqualTo(20);
    assertThat(keychain.next()).isEqualTo(120);
  }

  /** Nor does a payment to the last of them make more. */
  @Test
  void aPaymentToTheLastOneDerivesNoFurther() throws WalletException {
    Keychains keychains = new Keychains(5, 20);
    Keychain keychain = keychain(0);
    keychains.add(keychain, 17);
    assertThat(keychains.watchedCount()).isEqualTo(20);
    assertThat(keychains.markUsed(keychain.scripts(19).get(0))).isFalse();
    assertThat(keychain.next()).isEqualTo(20);
    assertThat(keychains.hasNext(keychain)).isFalse();
  }
}
