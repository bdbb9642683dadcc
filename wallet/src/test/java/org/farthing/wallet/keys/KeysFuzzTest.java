package org.farthing.wallet.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Network;
import org.farthing.testing.Decoding;
import org.farthing.wallet.encoding.Base58Check;
import org.farthing.wallet.error.WalletException;

/** Keys, words and paths as texts. Where there is a checksum, it is right. */
class KeysFuzzTest {
  private static final Network NETWORK = ConsensusParams.regtest().network();

  @FuzzTest
  void extendedKey(byte[] input) throws Exception {
    byte[] payload = Arrays.copyOf(input, ExtendedKey.SIZE + input.length % 2);
    if (input.length > 0) {
      int version =
          input[0] % 2 == 0
              ? NETWORK.base58().extendedPublicKey()
              : NETWORK.base58().extendedPrivateKey();
      for (int i = 0; i < 4; i++) {
        payload[i] = (byte) (version >>> (24 - 8 * i));
      }
    }
    String text = Base58Check.encode(payload);
    Decoding.ofText(text.length(), WalletException.class, () -> ExtendedKey.parse(text, NETWORK))
        .ifPresent(
            key ->
                assertThat(
                        key.isPrivate()
                            ? key.toPrivateString(NETWORK)
                            : key.toPublicString(NETWORK))
                    .isEqualTo(text));
  }

  @FuzzTest
  void extendedKeyText(byte[] input) throws Exception {
    String text = new String(input, StandardCharsets.UTF_8);
    Decoding.ofText(input.length, WalletException.class, () -> ExtendedKey.parse(text, NETWORK));
    Decoding.ofText(input.length, WalletException.class, () -> PrivateKey.parse(text, NETWORK));
  }

  @FuzzTest
  void privateKey(byte[] input) throws Exception {
    byte[] payload = Arrays.copyOf(input, 33 + input.length % 3);
    payload[0] = (byte) NETWORK.base58().wif();
    String text = Base58Check.encode(payload);
    Decoding.ofText(text.length(), WalletException.class, () -> PrivateKey.parse(text, NETWORK))
        .ifPresent(key -> assertThat(key.toWif(NETWORK)).isEqualTo(text));
  }

  /** Words as text, or the words of which each two bytes tell the number. */
  @FuzzTest
  void mnemonic(byte[] input) throws Exception {
    boolean numbers = input.length % 2 == 0;
    String text = numbers ? words(input) : new String(input, StandardCharsets.UTF_8);
    Optional<Mnemonic> mnemonic =
        Decoding.ofText(text.length(), WalletException.class, () -> Mnemonic.parse(text));
    if (mnemonic.isPresent()) {
      assertThat(Mnemonic.ofEntropy(mnemonic.get().entropy())).isEqualTo(mnemonic.get());
      String written = String.join(" ", mnemonic.get().words());
      assertThat(Mnemonic.parse(written)).isEqualTo(mnemonic.get());
      if (numbers) {
        assertThat(written).isEqualTo(text);
      }
    }
  }

  private static String words(byte[] input) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i + 1 < input.length && words.size() < 30; i += 2) {
      words.add(WordList.english().word((input[i] & 7) << 8 | (input[i + 1] & 0xff)));
    }
    return String.join(" ", words);
  }

  @FuzzTest
  void path(byte[] input) throws Exception {
    String text = new String(input, StandardCharsets.UTF_8);
    Optional<DerivationPath> path =
        Decoding.ofText(input.length, WalletException.class, () -> DerivationPath.parse(text));
    if (path.isPresent()) {
      assertThat(DerivationPath.parse(path.get().toString())).isEqualTo(path.get());
    }
  }
}
