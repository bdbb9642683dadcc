package org.farthing.consensus.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteWriterTest {
  @Test
  void whatIsWrittenLaterChangesNothingThatWasHandedOut() {
    ByteWriter out = new ByteWriter(16).int64(1).int64(2);
    byte[] full = out.toByteArray();
    out.uint8(3);
    assertThat(full).hasSize(16).endsWith(2, 0, 0, 0, 0, 0, 0, 0);
    assertThat(out.toByteArray()).hasSize(17).startsWith(full).endsWith(3);
  }

  @Test
  void roomThatWasNotNeededIsNotHandedOut() {
    assertThat(new ByteWriter(100).uint16(0x0201).toByteArray()).containsExactly(1, 2);
  }
}
