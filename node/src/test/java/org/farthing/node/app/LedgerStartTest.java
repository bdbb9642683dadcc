package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.farthing.consensus.store.LedgerMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerStartTest {
  private static final long MIB = 1 << 20;

  private static long sum(LedgerMemory memory) {
    return memory.coins() + memory.blockCache() + memory.writeBuffers();
  }

  @Test
  void aNodeHasTheMemoryThatWasAskedFor() {
    assertThat(sum(LedgerStart.memory(5))).isEqualTo(5 * MIB);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1, 3, 4})
  void tooLittleIsRaised(int mib) {
    assertThat(sum(LedgerStart.memory(mib))).isEqualTo(4 * MIB);
  }

  @Test
  void notMoreThanJavaGivesOutsideOfTheHeap() {
    assertThat(sum(LedgerStart.memory(1 << 20)))
        .isLessThan(Runtime.getRuntime().maxMemory())
        .isGreaterThan(Runtime.getRuntime().maxMemory() / 2);
  }
}
