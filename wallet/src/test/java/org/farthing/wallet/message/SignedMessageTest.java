package org.farthing.wallet.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.wallet.TestNetworks;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.keys.PrivateKey;
import org.junit.jupiter.api.Test;

class SignedMessageTest {
  private static final byte[] SECRET = Hex.constant("11".repeat(32));

  private static Address.P2pkh address(PrivateKey key) {
    return (Address.P2pkh) Address.p2pkh(TestNetworks.REGTEST, Hash160.hash(key.publicKey()));
  }

  @Test
  void aSignatureIsValidForItsKeyTextAndFormOnly() {
    PrivateKey compressed = new PrivateKey(SECRET, true);
    PrivateKey uncompressed = new PrivateKey(SECRET, false);
    for (String text : new String[] {"", "a text", "Grüße, ₿", "x".repeat(300)}) {
      byte[] signature = SignedMessage.sign(compressed, text);
      assertThat(SignedMessage.verify(address(compressed), signature, text)).isTrue();
      assertThat(SignedMessage.verify(address(uncompressed), signature, text)).isFalse();
      assertThat(SignedMessage.verify(address(compressed), signature, text + "!")).isFalse();
      byte[] other = SignedMessage.sign(uncompressed, text);
      assertThat(SignedMessage.verify(address(uncompressed), other, text)).isTrue();
      assertThat(Arrays.copyOfRange(other, 1, 65)).isEqualTo(Arrays.copyOfRange(signature, 1, 65));
      assertThat(signature[0] - other[0]).isEqualTo(4);
    }
  }

  @Test
  void whatIsNoSignatureIsNotValid() {
    Address.P2pkh address = address(new PrivateKey(SECRET, true));
    assertThat(SignedMessage.verify(address, new byte[0], "")).isFalse();
    assertThat(SignedMessage.verify(address, new byte[64], "")).isFalse();
    assertThat(SignedMessage.verify(address, new byte[65], "")).isFalse();
    byte[] full = new byte[65];
    Arrays.fill(full, (byte) 0xff);
    assertThat(SignedMessage.verify(address, full, "")).isFalse();
    byte[] longer = Arrays.copyOf(SignedMessage.sign(new PrivateKey(SECRET, true), ""), 66);
    assertThat(SignedMessage.verify(address, longer, "")).isFalse();
  }
}
