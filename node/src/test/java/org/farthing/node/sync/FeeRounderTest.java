package org.farthing.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FeeRounderTest {
  private final FeeRounder rounder = new FeeRounder(new Random(1));

  private Set<Long> rounded(long satPerKvb) {
    Set<Long> values = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      values.add(rounder.round(satPerKvb));
    }
    return values;
  }

  @Test
  void nothingStaysNothing() {
    assertThat(rounded(0)).containsExactly(0L);
  }

  /** The steps around 1000: 50 * 1.1^31 = 959.7 and 50 * 1.1^32 = 1055.7. */
  @Test
  void aRateBecomesTheStepBelowOrAbove() {
    assertThat(rounded(1000)).containsExactlyInAnyOrder(959L, 1055L);
  }

  @Test
  void mostlyItIsRoundedDown() {
    int down = 0;
    for (int i = 0; i < 3000; i++) {
      down += rounder.round(1000) == 959 ? 1 : 0;
    }
    assertThat(down).isBetween(1850, 2150);
  }

  /** Bitcoin Core's p2p_ibd_txrelay waits for this value. */
  @Test
  void theHighestStepIsThatOfBitcoinCore() {
    assertThat(rounded(2_100_000_000_000_000L)).containsExactly(9_936_506L);
    assertThat(FeeRounder.HIGHEST).isEqualTo(9_936_506L);
  }
}
