package org.farthing.consensus.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.Optional;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.column.Codec;
import org.farthing.consensus.column.Column;
import org.farthing.testing.Decoding;

/** Keys and values of the database: what can be read is written as it was. */
class ColumnsFuzzTest {
  /** The first byte chooses the column, and key or value. */
  @FuzzTest
  void columns(byte[] input) throws Exception {
    if (input.length == 0) {
      return;
    }
    int choice = input[0] & 0xff;
    Column<?, ?> column = Columns.ALL.get((choice >>> 1) % Columns.ALL.size());
    Codec<?> codec = (choice & 1) == 0 ? column.key() : column.value();
    byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
    check(codec, bytes, column.name().equals(Columns.FACTS.name()));
  }

  /**
   * @param text whether bytes that are not UTF-8 are replaced
   */
  private static <T> void check(Codec<T> codec, byte[] bytes, boolean text) throws Exception {
    Optional<T> value = Decoding.of(bytes.length, DecodeException.class, () -> codec.decode(bytes));
    if (value.isEmpty()) {
      return;
    }
    byte[] written = codec.encode(value.get());
    if (text) {
      assertThat(codec.decode(written)).isEqualTo(value.get());
    } else {
      assertThat(written).isEqualTo(bytes);
    }
  }
}
