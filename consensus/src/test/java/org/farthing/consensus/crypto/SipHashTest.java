package org.farthing.consensus.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.farthing.consensus.bytes.Hex;
import org.farthing.testing.Vectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class SipHashTest {
  @TestFactory
  Stream<DynamicTest> vectors() {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode vector : Vectors.json("siphash.json")) {
      tests.add(dynamicTest(tests.size() + " " + vector.get("input"), () -> check(vector)));
    }
    assertThat(tests).hasSize(146);
    return tests.stream();
  }

  private static void check(JsonNode vector) {
    long key0 = Long.parseUnsignedLong(vector.get("key").get(0).asText(), 16);
    long key1 = Long.parseUnsignedLong(vector.get("key").get(1).asText(), 16);
    List<byte[]> parts = new ArrayList<>();
    vector.get("input").forEach(part -> parts.add(Hex.constant(part.asText())));
    assertThat(vector.get("expected")).isNotEmpty();
    vector
        .get("expected")
        .properties()
        .forEach(
            expected -> {
              long hash = Long.parseUnsignedLong(expected.getValue().asText(), 16);
              switch (expected.getKey()) {
                case "siphash24" -> checkBytes(key0, key1, parts, hash);
                case "siphash13uj" -> checkBlocks(key0, key1, parts, hash);
                default -> throw new AssertionError("unknown hash " + expected.getKey());
              }
            });
  }

  private static void checkBytes(long key0, long key1, List<byte[]> parts, long expected) {
    ByteBuffer all = ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
    parts.forEach(all::put);
    assertThat(SipHash.hash(key0, key1, all.array())).isEqualTo(expected);
    if (all.capacity() == 32) {
      assertThat(SipHash.hash(key0, key1, words(all.array()))).isEqualTo(expected);
    } else if (all.capacity() == 36) {
      int extra = all.order(ByteOrder.LITTLE_ENDIAN).getInt(32);
      assertThat(SipHash.hash(key0, key1, words(all.array()), extra)).isEqualTo(expected);
    }
  }

  private static void checkBlocks(long key0, long key1, List<byte[]> parts, long expected) {
    BlockSipHash state = new BlockSipHash(key0, key1);
    for (byte[] part : parts) {
      long[] words = words(part);
      switch (part.length) {
        case 8 -> state.add(words[0]);
        case 32 -> state.add(words[0], words[1], words[2], words[3]);
        default -> throw new AssertionError("a block has 8 or 32 bytes, not " + part.length);
      }
    }
    assertThat(state.hash()).isEqualTo(expected);
  }

  private static long[] words(byte[] bytes) {
    long[] words = new long[bytes.length / 8];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(words);
    return words;
  }
}
