package org.farthing.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteUnitsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1048576",
    "3k, 3000",
    "3K, 3072",
    "3m, 3000000",
    "3M, 3145728",
    "3g, 3000000000",
    "3G, 3221225472",
    "3t, 3000000000000",
    "3T, 3298534883328"
  })
  void smallLettersCountInThousands(String text, long bytes) {
    assertThat(ByteUnits.bytes(text)).hasValue(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "k", "1.5G", "-1", "5X", "5kk", " 5", "9999999999999999999999"})
  void otherTextsAreNone(String text) {
    assertThat(ByteUnits.bytes(text)).isEmpty();
  }

  @Test
  void whatDoesNotFitIsNone() {
    assertThat(ByteUnits.bytes("8388607T")).hasValue(8388607L << 40);
    assertThat(ByteUnits.bytes("8388608T")).isEmpty();
  }
}
