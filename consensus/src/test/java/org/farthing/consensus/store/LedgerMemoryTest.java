package org.farthing.consensus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerMemoryTest {
  private static final long MIB = 1 << 20;

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 64, 100, 450, 4_000, 100_000})
  void thePartsAreTheWholeAndCoinsHaveMostOfIt(int mib) {
    LedgerMemory memory = LedgerMemory.of(mib * MIB);
    assertThat(memory.coins() + memory.blockCache() + memory.writeBuffers()).isEqualTo(mib * MIB);
    assertThat(memory.coins()).isGreaterThanOrEqualTo(mib * MIB / 2);
    assertThat(memory.blockCache()).isGreaterThanOrEqualTo(MIB);
    assertThat(memory.writeBuffers()).isGreaterThanOrEqualTo(MIB);
  }

  @Test
  void lessThanTheLeastIsRefused() {
    assertThatThrownBy(() -> LedgerMemory.of(LedgerMemory.LEAST_BYTES - 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
