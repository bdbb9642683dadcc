package org.farthing.node.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.node.wire.FrameHeader;
import org.farthing.node.wire.MessageType;
import org.farthing.testing.Decoding;

/** A stream of bytes from a peer, however the network cuts it. */
class V1DecoderFuzzTest {
  private static final int MAGIC = 0xfabfb5da;

  /** A channel, its buffers, and what the decoders of messages take. */
  private static final long FIXED_BYTES = 1 << 20;

  private static final long BYTES_FOR_EACH = 512;

  @FuzzTest
  void stream(byte[] input) throws Exception {
    byte[] bytes = frames(input);
    int piece = input.length == 0 ? 1 : 1 + (input[0] & 0x7f);
    List<String> whole =
        Decoding.bounded(
            FIXED_BYTES + BYTES_FOR_EACH * bytes.length, () -> receive(bytes, bytes.length + 1));
    assertThat(receive(bytes, piece)).isEqualTo(whole);
  }

  /** Messages of up to 255 bytes in right frames; a byte of 255 ends them, and the rest is raw. */
  private static byte[] frames(byte[] input) {
    ByteWriter out = new ByteWriter();
    MessageType[] types = MessageType.values();
    int at = 1;
    while (at + 2 <= input.length && input[at] != -1) {
      MessageType type = types[(input[at] & 0xff) % types.length];
      int end = Math.min(input.length, at + 2 + (input[at + 1] & 0xff));
      byte[] payload = Arrays.copyOfRange(input, at + 2, end);
      FrameHeader.of(MAGIC, type.command(), payload).writeTo(out);
      out.bytes(payload);
      at = end;
    }
    if (at < input.length) {
      out.bytes(input, at + 1, input.length - at - 1);
    }
    return out.toByteArray();
  }

  private static List<String> receive(byte[] bytes, int piece) {
    EmbeddedChannel channel =
        new EmbeddedChannel(new V1Decoder(MAGIC, new Traffic.Counter(), MessageTap.NONE));
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
