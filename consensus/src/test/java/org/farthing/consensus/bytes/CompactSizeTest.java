package org.farthing.consensus.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompactSizeTest {
  private static ByteReader reader(String hex) {
    return new ByteReader(HexFormat.of().parseHex(hex));
  }

  @ParameterizedTest
  @CsvSource({
    "fc, 252",
    "fdfd00, 253",
    "fdffff, 65535",
    "fe00000100, 65536",
    "feffffffff, 4294967295",
    "ff0000000001000000, 4294967296",
    "ffffffffffffffffff, -1"
  })
  void aCountInItsShortestForm(String hex, long value) throws DecodeException {
    assertThat(reader(hex).compactSize()).isEqualTo(value);
  }

  /** As Bitcoin Core says it in its log. */
  @ParameterizedTest
  @ValueSource(strings = {"fd0000", "fdfc00", "fe00000000", "feffff0000", "ffffffffff00000000"})
  void aCountInALongerFormIsNotCanonical(String hex) {
    assertThatThrownBy(() -> reader(hex).compactSize())
        .isInstanceOf(DecodeException.class)
        .hasMessage("non-canonical ReadCompactSize()");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "fd", "fdff", "feffffff", "ffffffffffffffff"})
  void aCountThatIsCutOffIsNoCount(String hex) {
    assertThatThrownBy(() -> reader(hex).compactSize())
        .isExactlyInstanceOf(EndOfDataException.class)
        .hasMessageContaining("end of data");
  }
}
