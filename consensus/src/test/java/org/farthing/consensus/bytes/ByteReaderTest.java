package org.farthing.consensus.bytes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Errors begin with the words that Bitcoin Core writes to its log. */
class ByteReaderTest {
  private static ByteReader reader(int... bytes) {
    byte[] data = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      data[i] = (byte) bytes[i];
    }
    return new ByteReader(data);
  }

  private static void assertRefused(ThrowingCallable read, String reason) {
    assertThatThrownBy(read).isInstanceOf(DecodeException.class).hasMessageStartingWith(reason);
  }

  @Test
  void missingBytesAreTheEndOfData() {
    String endOfData = "DataStream::read(): end of data";
    assertRefused(() -> reader().uint8(), endOfData);
    assertRefused(() -> reader(1, 2, 3).int32(), endOfData);
    assertRefused(() -> reader(1, 2, 3, 4, 5, 6, 7).int64(), endOfData);
    assertRefused(() -> reader(1).skip(2), endOfData);
    assertRefused(() -> reader(0xfd, 1).compactSize(), endOfData);
    assertRefused(() -> reader(2, 1).varBytes(), endOfData);
  }

  @Test
  void aCountHasOneForm() {
    String nonCanonical = "non-canonical ReadCompactSize()";
    assertRefused(() -> reader(0xfd, 0xfc, 0).compactSize(), nonCanonical);
    assertRefused(() -> reader(0xfe, 0xff, 0xff, 0, 0).compactSize(), nonCanonical);
    assertRefused(
        () -> reader(0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0).compactSize(), nonCanonical);
  }

  /** The largest count is that of the bytes of the largest message: 0x02000000. */
  @Test
  void aCountHasALimit() {
    String tooLarge = "ReadCompactSize(): size too large";
    assertRefused(() -> reader(0xfe, 1, 0, 0, 2).count(1), tooLarge);
    assertRefused(
        () -> reader(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff).count(1), tooLarge);
    assertRefused(() -> reader(0xfe, 0, 0, 0, 2).count(1), "DataStream::read(): end of data");
  }
}
