package org.farthing.node.i2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import org.farthing.consensus.crypto.Sha256;
import org.junit.jupiter.api.Test;

class I2pKeyTest {
  private static final int DESTINATION_SIZE = 387 + 4;

  /** A destination whose certificate has four bytes, and 64 secret ones. */
  private static byte[] key() {
    byte[] key = new byte[DESTINATION_SIZE + 64];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (i * 37);
    }
    key[385] = 0;
    key[386] = 4;
    return key;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes).replace('+', '-').replace('/', '~');
  }

  @Test
  void theAddressIsTheHashOfWhatOthersSee() throws SamException {
    byte[] destination = Arrays.copyOf(key(), DESTINATION_SIZE);
    assertThat(I2pKey.of(key()).address().addressBytes()).isEqualTo(Sha256.hash(destination));
    assertThat(I2pKey.addressOf(base64(destination))).isEqualTo(I2pKey.of(key()).address());
    assertThat(I2pKey.of(key()).address().toString()).endsWith(".b32.i2p:0");
  }

  @Test
  void itTravelsInTheAlphabetOfI2p() throws SamException {
    String text = base64(key());
    assertThat(text).contains("-").contains("~");
    assertThat(I2pKey.parse(text).toBase64()).isEqualTo(text);
    assertThat(I2pKey.parse(text).bytes()).isEqualTo(key());
  }

  @Test
  void otherAlphabetsAreRefused() {
    for (String strange : new String[] {"+", "/", "_", "=", " ", "STREAM STATUS"}) {
      String text = strange + base64(key()).substring(strange.length());
      assertThatThrownBy(() -> I2pKey.parse(text)).as(strange).isInstanceOf(SamException.class);
    }
  }

  @Test
  void oneThatIsTooShortIsRefused() {
    assertThatThrownBy(() -> I2pKey.of(new byte[386])).isInstanceOf(SamException.class);
    byte[] cut = Arrays.copyOf(key(), DESTINATION_SIZE - 1);
    assertThatThrownBy(() -> I2pKey.of(cut)).isInstanceOf(SamException.class);
  }

  @Test
  void itDoesNotShowItself() throws SamException {
    assertThat(I2pKey.of(key()).toString()).doesNotContain(base64(key()).substring(0, 20));
  }

  @Test
  void repliesAreWordsWithValues() {
    SamReply reply = SamReply.of("STREAM STATUS RESULT=I2P_ERROR MESSAGE=\"gone\" A=1=2 A=3 B");
    assertThat(reply.result()).isEqualTo("I2P_ERROR");
    assertThat(reply.isOk()).isFalse();
    assertThat(reply.value("A")).contains("1=2");
    assertThat(reply.value("B")).isEmpty();
    assertThat(SamReply.of("HELLO REPLY RESULT=OK VERSION=3.1").isOk()).isTrue();
    assertThat(SamReply.of("").result()).isEmpty();
  }
}
