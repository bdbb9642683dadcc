package org.farthing.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Wtxid;
import org.junit.jupiter.api.Test;

class RollingFilterTest {
  private static Txid hash(int number) {
    byte[] bytes = new byte[32];
    new Random(number).nextBytes(bytes);
    return Txid.of(bytes);
  }

  @Test
  void theLastOnesAreRememberedAtEveryMoment() {
    int capacity = 3_000;
    RollingFilter filter = new RollingFilter(capacity, new Random(1));
    for (int i = 0; i < 4 * capacity; i++) {
      filter.add(hash(i));
      if (i % 500 == 499) {
        for (int j = Math.max(0, i - capacity + 1); j <= i; j++) {
          assertThat(filter.contains(hash(j))).isTrue();
        }
      }
    }
    int old = 0;
    for (int i = 0; i < capacity; i++) {
      old += filter.contains(hash(i)) ? 1 : 0;
    }
    assertThat(old).as("what is long ago is forgotten").isLessThan(5);
  }

  /** With three full filters the chance is about 1.4 in a million; here it is 100,000 times. */
  @Test
  void strangersAreHardlyEverTakenForKnown() {
    RollingFilter filter = new RollingFilter(2_000, new Random(2));
    for (int i = 0; i < 10_000; i++) {
      filter.add(hash(i));
    }
    int mistaken = 0;
    for (int i = 10_000; i < 110_000; i++) {
      mistaken += filter.contains(hash(i)) ? 1 : 0;
    }
    assertThat(mistaken).isLessThan(5);
  }

  @Test
  void theSameBytesAreTheSameHash() {
    RollingFilter filter = new RollingFilter(100, new Random(3));
    assertThat(filter.add(hash(1))).isTrue();
    assertThat(filter.add(hash(1))).isFalse();
    assertThat(filter.contains(Wtxid.withoutWitness(hash(1)))).isTrue();
    filter.clear();
    assertThat(filter.contains(hash(1))).isFalse();
  }
}
