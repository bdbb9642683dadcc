package org.farthing.node.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.testing.Decoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No message makes the node allocate for what it only announces: wherever a number may stand that
 * says how much follows, a huge one with hardly anything behind it costs no more than the bytes
 * that are there.
 */
class AllocationTest {
  /** For an exception with its stack, and a few lists. */
  private static final long FIXED_BYTES = 32 * 1024;

  private static final long BYTES_FOR_EACH = 256;

  private static final int SAMPLES = 5;

  /** Beyond this there are only more elements of the same lists. */
  private static final int MAX_OFFSET = 400;

  /** The greatest counts of each length: of 16 bits, the most that is taken, of 32 and 64 bits. */
  private static final List<Long> COUNTS = List.of(0xffffL, 0x02000000L, 0xffffffffL, -1L);

  private static Map<MessageType, List<Message>> samples() {
    Map<MessageType, List<Message>> samples = new EnumMap<>(MessageType.class);
    RandomMessages random = new RandomMessages(23);
    for (Class<? extends Message> kind : RandomMessages.kinds()) {
      for (int i = 0; i < SAMPLES; i++) {
        Message message = random.next(kind);
        samples.computeIfAbsent(message.type(), any -> new ArrayList<>()).add(message);
      }
    }
    return samples;
  }

  private static void assertBounded(MessageType type, byte[] payload) throws Exception {
    Decoding.bounded(
        FIXED_BYTES + BYTES_FOR_EACH * payload.length,
        () -> {
          try {
            return MessageCodec.decode(type.command(), payload);
          } catch (DecodeException refused) {
            return refused;
          }
        });
  }

  /** Of this message the first bytes, then a count, then a few bytes more. */
  private static byte[] cut(byte[] whole, int offset, long count, int rest) {
    return new ByteWriter()
        .bytes(Arrays.copyOf(whole, offset))
        .compactSize(count)
        .bytes(new byte[rest])
        .toByteArray();
  }

  @ParameterizedTest
  @EnumSource
  void aHugeCountCostsNothing(MessageType type) throws Exception {
    for (Message message : samples().getOrDefault(type, List.of())) {
      byte[] whole = MessageCodec.encode(message);
      for (int offset = 0; offset <= Math.min(whole.length, MAX_OFFSET); offset++) {
        for (long count : COUNTS) {
          assertBounded(type, cut(whole, offset, count, 0));
          assertBounded(type, cut(whole, offset, count, 9));
        }
      }
    }
  }

  /** So that nothing is left out above. */
  @Test
  void thereIsASampleOfEachKindThatIsDecoded() {
    assertThat(Stream.of(MessageType.values()).filter(MessageType::isDecoded))
        .allMatch(samples().keySet()::contains);
  }

  /** The measure sees what it is to see. */
  @Test
  void whatIsAllocatedIsNoticed() {
    assertThat(
            catchThrowable(
                () -> Decoding.bounded(FIXED_BYTES, () -> new long[FIXED_BYTES_IN_LONGS])))
        .isInstanceOf(AssertionError.class);
  }

  private static final int FIXED_BYTES_IN_LONGS = (int) FIXED_BYTES / Long.BYTES;
}
