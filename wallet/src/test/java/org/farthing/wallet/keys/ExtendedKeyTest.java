package org.farthing.wallet.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.acinq.bitcoin.DeterministicWallet;
import fr.acinq.bitcoin.KeyPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.farthing.consensus.bytes.Hex;
import org.farthing.wallet.TestNetworks;
import org.farthing.wallet.error.WalletException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ExtendedKeyTest {
  @TestFactory
  List<DynamicTest> theVectorsOfTheStandard() {
    List<DynamicTest> tests = new ArrayList<>();
    ExtendedKey key = null;
    for (String line : lines()) {
      String[] parts = line.split(" ", -1);
      switch (parts[0]) {
        case "#" -> {}
        case "seed" -> key = ExtendedKey.ofSeed(Hex.constant(parts[1]));
        case "invalid" ->
            tests.add(
                DynamicTest.dynamicTest(
                    line,
                    () ->
                        assertThatThrownBy(() -> ExtendedKey.parse(parts[1], TestNetworks.BITCOIN))
                            .isInstanceOf(WalletException.class)));
        default -> {
          ExtendedKey current = key;
          int child = Integer.parseUnsignedInt(parts[0]);
          tests.add(
              DynamicTest.dynamicTest(parts[1], () -> check(current, child, parts[1], parts[2])));
          key = key.child(child);
        }
      }
    }
    assertThat(tests).hasSize(17 + 16);
    return tests;
  }

  private static List<String> lines() {
    try (var in = ExtendedKeyTest.class.getResourceAsStream("bip32-vectors.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void check(ExtendedKey key, int child, String xpub, String xprv)
      throws WalletException {
    assertThat(key.toPublicString(TestNetworks.BITCOIN)).isEqualTo(xpub);
    assertThat(key.toPrivateString(TestNetworks.BITCOIN)).isEqualTo(xprv);
    assertThat(ExtendedKey.parse(xprv, TestNetworks.BITCOIN)).isEqualTo(key);
    assertThat(ExtendedKey.parse(xpub, TestNetworks.BITCOIN)).isEqualTo(key.toPublic());
    if (!DerivationPath.isHardened(child)) {
      assertThat(key.toPublic().child(child)).isEqualTo(key.child(child).toPublic());
    }
  }

  @Test
  void randomPathsAgreeWithBitcoinKmp() throws WalletException {
    Random random = new Random(32);
    for (int i = 0; i < 50; i++) {
      byte[] seed = new byte[16 + random.nextInt(49)];
      random.nextBytes(seed);
      DerivationPath path = DerivationPath.EMPTY;
      for (int depth = random.nextInt(6); depth > 0; depth--) {
        path = path.child(random.nextInt());
      }
      ExtendedKey ours = ExtendedKey.ofSeed(seed).derive(path);
      var theirs =
          DeterministicWallet.derivePrivateKey(
              DeterministicWallet.generate(seed), new KeyPath("m/" + path));
      assertThat(ours.toPrivateString(TestNetworks.BITCOIN)).isEqualTo(theirs.encode(false));
      assertThat(DerivationPath.parse("m/" + path)).isEqualTo(path);
    }
  }

  @Test
  void aPublicKeyHasNoHardenedChildren() {
    ExtendedKey key = ExtendedKey.ofSeed(new byte[16]).toPublic();
    assertThatThrownBy(() -> key.child(DerivationPath.HARDENED))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theKeyOfAnotherNetworkIsRefused() {
    String xprv = ExtendedKey.ofSeed(new byte[16]).toPrivateString(TestNetworks.BITCOIN);
    assertThatThrownBy(() -> ExtendedKey.parse(xprv, TestNetworks.REGTEST))
        .isInstanceOf(WalletException.class)
        .hasMessageContaining("another network than regtest");
  }

  @Test
  void secretsDontShowInTexts() {
    ExtendedKey key = ExtendedKey.ofSeed(new byte[16]);
    assertThat(key.toString())
        .startsWith("private extended key ")
        .hasSize("private extended key ".length() + 8);
    assertThat(new PrivateKey(key.privateKey(), true)).hasToString("private key");
  }

  @Test
  void aWipedKeyIsGone() {
    ExtendedKey key = ExtendedKey.ofSeed(new byte[16]);
    key.wipe();
    assertThat(key.privateKey()).containsOnly(0);
  }
}
