package org.farthing.consensus.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.farthing.testing.Decoding;

/** The smallest decoders. */
class BytesFuzzTest {
  @FuzzTest
  void compactSize(byte[] input) throws Exception {
    ByteReader in = new ByteReader(input);
    Decoding.of(input.length, DecodeException.class, in::compactSize)
        .ifPresent(
            value -> {
              byte[] written = new ByteWriter().compactSize(value).toByteArray();
              assertThat(written).isEqualTo(Arrays.copyOf(input, in.position()));
              assertThat(CompactSize.sizeOf(value)).isEqualTo(written.length);
            });
  }

  @FuzzTest
  void varBytes(byte[] input) throws Exception {
    ByteReader in = new ByteReader(input);
    Decoding.of(input.length, DecodeException.class, in::varBytes)
        .ifPresent(
            value -> {
              byte[] written = new ByteWriter().varBytes(value).toByteArray();
              assertThat(written).isEqualTo(Arrays.copyOf(input, in.position()));
            });
  }

  @FuzzTest
  void hex(byte[] input) throws Exception {
    String text = new String(input, StandardCharsets.UTF_8);
    Decoding.ofText(input.length, DecodeException.class, () -> Hex.decode(text))
        .ifPresent(bytes -> assertThat(Hex.encode(bytes)).isEqualTo(text.toLowerCase(Locale.ROOT)));
  }
}
