package org.farthing.consensus.primitives;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who sends identifiers chooses their hash codes; that must not make hash maps slow. */
class HashCollisionTest {
  private static final int COUNT = 200_000;

  private static List<byte[]> withTheSameHashCode() {
    Random random = new Random(3);
    List<byte[]> all = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      byte[] bytes = new byte[Hash256.SIZE];
      random.nextBytes(bytes);
      all.add(ByteBuffer.wrap(bytes).putLong(0).array());
    }
    return all;
  }

  private static void fill(List<?> elements) {
    assertThat(elements.stream().mapToInt(Object::hashCode).distinct().count()).isEqualTo(1);
    Set<Object> set = new HashSet<>(elements);
    assertThat(set).hasSize(COUNT);
    assertThat(elements.stream().allMatch(set::contains)).isTrue();
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void equalHashCodesAreLookedThroughInLogarithmicTime() {
    List<byte[]> bytes = withTheSameHashCode();
    fill(bytes.stream().map(Txid::of).toList());
    fill(bytes.stream().map(Wtxid::of).toList());
    fill(bytes.stream().map(BlockHash::of).toList());
    fill(bytes.stream().map(each -> new OutPoint(Txid.of(each), 7)).toList());
  }

  @Test
  void theOrderAgreesWithEquality() {
    List<OutPoint> some = new ArrayList<>();
    for (byte[] bytes : withTheSameHashCode().subList(0, 100)) {
      for (int index : new int[] {0, 1, -1}) {
        some.add(new OutPoint(Txid.of(bytes), index));
      }
    }
    Collections.shuffle(some, new Random(4));
    List<OutPoint> sorted = new ArrayList<>(new TreeSet<>(some));
    assertThat(sorted).hasSize(300).isSorted();
    for (int i = 0; i < 300; i += 3) {
      assertThat(sorted.subList(i, i + 3)).extracting(OutPoint::index).containsExactly(0, 1, -1);
    }
  }
}
