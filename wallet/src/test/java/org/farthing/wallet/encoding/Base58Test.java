package org.farthing.wallet.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.farthing.consensus.bytes.Hex;
import org.farthing.testing.Vectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class Base58Test {
  @TestFactory
  Stream<DynamicTest> theVectorsOfBitcoinCore() {
    return Vectors.json("base58_encode_decode.json")
        .valueStream()
        .map(
            vector ->
                DynamicTest.dynamicTest(
                    "'" + vector.get(1).asText() + "'",
                    () -> {
                      byte[] bytes = Hex.constant(vector.get(0).asText());
                      assertThat(Base58.encode(bytes)).isEqualTo(vector.get(1).asText());
                      assertThat(Base58.decode(vector.get(1).asText())).isEqualTo(bytes);
                    }));
  }

  @Test
  void lettersThatLookAlikeAreRefused() {
    for (String letter : new String[] {"0", "O", "I", "l", " ", "é"}) {
      assertThatThrownBy(() -> Base58.decode("2g" + letter))
          .isInstanceOf(EncodingException.class)
          .hasMessageContaining("character 3");
    }
  }

  @Test
  void aWrongChecksumIsNoticed() {
    String text = Base58Check.encode(new byte[] {1, 2, 3});
    assertThatThrownBy(() -> Base58Check.decode(text.substring(1)))
        .isInstanceOfSatisfying(
            EncodingException.class,
            e -> assertThat(e.reason()).isEqualTo(EncodingException.Reason.CHECKSUM));
  }
}
