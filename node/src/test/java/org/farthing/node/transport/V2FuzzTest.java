package org.farthing.node.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.node.wire.FrameHeader;
import org.farthing.testing.Decoding;

/** What a peer may send where the encrypted protocol is spoken. */
class V2FuzzTest {
  private static final int MAGIC = 0xfabfb5da;

  /** A channel, its buffers, a key, and what the decoders of messages take. */
  private static final long FIXED_BYTES = 1 << 20;

  private static final long BYTES_FOR_EACH = 512;

  /** Contents of a packet, once decrypted: who names a command in full may mean a numbered one. */
  @FuzzTest
  void contents(byte[] input) throws Exception {
    ByteReader contents = new ByteReader(input);
    Optional<String> command =
        Decoding.bounded(
            1024 + BYTES_FOR_EACH * input.length, () -> V2Contents.readCommand(contents));
    if (command.isEmpty()) {
      return;
    }
    byte[] payload = contents.rest();
    assertThat(command.get()).hasSizeLessThanOrEqualTo(FrameHeader.COMMAND_SIZE);
    byte[] again = V2Contents.encode(command.get(), payload);
    assertThat(again).hasSizeLessThanOrEqualTo(input.length);
    ByteReader read = new ByteReader(again);
    assertThat(V2Contents.readCommand(read)).isEqualTo(command);
    assertThat(read.rest()).isEqualTo(payload);
  }

  /**
   * A stream from somebody who calls us, however the network cuts it. Without our key nobody gets
   * beyond the garbage; the first byte says whether it begins as the unencrypted protocol does.
   */
  @FuzzTest
  void stream(byte[] input) throws Exception {
    byte[] bytes = input.length > 0 && (input[0] & 0x80) != 0 ? withV1Begin(input) : input;
    int piece = input.length == 0 ? 1 : 1 + (input[0] & 0x7f);
    List<String> whole =
        Decoding.bounded(
            FIXED_BYTES + BYTES_FOR_EACH * bytes.length, () -> receive(bytes, bytes.length + 1));
    assertThat(receive(bytes, piece)).isEqualTo(whole);
  }

  private static byte[] withV1Begin(byte[] input) {
    return ByteBuffer.allocate(16 + input.length - 1)
        .putInt(MAGIC)
        .put("version".getBytes(StandardCharsets.US_ASCII))
        .put(new byte[5])
        .put(input, 1, input.length - 1)
        .array();
  }

  private static List<String> receive(byte[] bytes, int piece) {
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new V2Codec(MAGIC, false, new Traffic.Counter(), MessageTap.NONE, found -> {}));
    for (int at = 0; at < bytes.length; at += piece) {
      channel.writeInbound(Unpooled.copiedBuffer(bytes, at, Math.min(piece, bytes.length - at)));
    }
    List<String> received = new ArrayList<>();
    for (Object each = channel.readInbound(); each != null; each = channel.readInbound()) {
      received.add(((Received) each).toString());
    }
    channel.finishAndReleaseAll();
    return received;
  }
}
