package org.farthing.node.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.junit.jupiter.api.Test;

class FrameHeaderTest {
  /** As everyone on Bitcoin's main network sends it. */
  private static final String VERACK = "f9beb4d976657261636b000000000000000000005df6e0e2";

  private static FrameHeader read(String hex) throws DecodeException {
    return FrameHeader.read(new ByteReader(Hex.constant(hex)));
  }

  @Test
  void theHeaderOfAnEmptyMessage() throws DecodeException {
    FrameHeader header = FrameHeader.of(0xf9beb4d9, "verack", new byte[0]);
    ByteWriter out = new ByteWriter();
    header.writeTo(out);
    assertThat(Hex.encode(out.toByteArray())).isEqualTo(VERACK);
    assertThat(read(VERACK)).isEqualTo(header);
    assertThat(FrameHeader.checksum(new byte[0], 0)).isEqualTo(header.checksum());
    assertThat(FrameHeader.checksum(new byte[1], 1)).isNotEqualTo(header.checksum());
  }

  @Test
  void theLengthIsUnsigned() throws DecodeException {
    FrameHeader header = read(VERACK.replace("00000000" + "5df6e0e2", "ffffffff" + "5df6e0e2"));
    assertThat(header.length()).isEqualTo(0xffffffffL);
  }

  @Test
  void aCommandIsPrintableAndPaddedWithZeros() throws DecodeException {
    assertThat(read(VERACK).hasValidCommand()).isTrue();
    assertThat(read(VERACK.replace("6b0000", "6b0001")).hasValidCommand()).isFalse();
    assertThat(read(VERACK.replace("76657261", "76651f61")).hasValidCommand()).isFalse();
    assertThat(read(VERACK.replace("76657261", "76658061")).hasValidCommand()).isFalse();
    assertThat(read("f9beb4d9" + "616161616161616161616161" + "0000000000000000").command())
        .isEqualTo("aaaaaaaaaaaa");
    assertThatThrownBy(() -> new UnknownMessage("aaaaaaaaaaaaa", new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
