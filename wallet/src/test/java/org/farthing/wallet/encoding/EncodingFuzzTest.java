package org.farthing.wallet.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.farthing.testing.Decoding;

/** Texts that stand for bytes: what can be read is written as it was. */
class EncodingFuzzTest {
  private static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }

  @FuzzTest
  void base58(byte[] input) throws Exception {
    String text = text(input);
    Decoding.ofText(input.length, EncodingException.class, () -> Base58.decode(text))
        .ifPresent(bytes -> assertThat(Base58.encode(bytes)).isEqualTo(text));
    if (input.length < 256) {
      assertThat(Base58.decode(Base58.encode(input))).isEqualTo(input);
    }
  }

  /** The checksum is right for half of the inputs: no fuzzer would find one. */
  @FuzzTest
  void base58Check(byte[] input) throws Exception {
    boolean checked = input.length > 0 && input.length < 256 && (input[0] & 1) == 0;
    String text = checked ? Base58Check.encode(input) : text(input);
    Decoding.ofText(input.length, EncodingException.class, () -> Base58Check.decode(text))
        .ifPresent(bytes -> assertThat(Base58Check.encode(bytes)).isEqualTo(text));
    if (checked) {
      assertThat(Base58Check.decode(text)).isEqualTo(input);
    }
  }

  @FuzzTest
  void base64(byte[] input) throws Exception {
    String text = text(input);
    Decoding.of(input.length, EncodingException.class, () -> Base64Text.decode(text))
        .ifPresent(bytes -> assertThat(Base64Text.encode(bytes)).isEqualTo(text));
    assertThat(Base64Text.decode(Base64Text.encode(input))).isEqualTo(input);
  }

  /** Whatever is wrong with a text, something is said of it, and the places are in it. */
  @FuzzTest
  void bech32Mistake(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    try {
      Bech32.decode(text);
    } catch (EncodingException e) {
      Bech32Mistake mistake = Bech32Mistake.of(text);
      assertThat(mistake.message()).isNotEmpty();
      assertThat(mistake.positions()).isSorted().doesNotHaveDuplicates();
      assertThat(mistake.positions()).allMatch(at -> at >= 0 && at < text.length());
    }
  }

  @FuzzTest
  void bech32(byte[] input) throws Exception {
    String text = text(input);
    Decoding.ofText(input.length, EncodingException.class, () -> Bech32.decode(text))
        .ifPresent(
            decoded ->
                assertThat(Bech32.encode(decoded.prefix(), decoded.values(), decoded.variant()))
                    .isEqualTo(text.toLowerCase(Locale.ROOT)));
  }

  /** The five lower bits of each byte, behind a right checksum. */
  @FuzzTest
  void segwit(byte[] input) throws Exception {
    byte[] values = new byte[Math.min(input.length, 80)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (input[i] & 31);
    }
    Bech32.Variant variant =
        values.length > 0 && values[0] == 0 ? Bech32.Variant.BECH32 : Bech32.Variant.BECH32M;
    String text = Bech32.encode("bcrt", values, variant);
    Decoding.ofText(input.length, EncodingException.class, () -> SegwitAddress.decode(text))
        .ifPresent(
            address ->
                assertThat(
                        SegwitAddress.encode(
                            address.prefix(), address.version(), address.program()))
                    .isEqualTo(text));
  }
}
