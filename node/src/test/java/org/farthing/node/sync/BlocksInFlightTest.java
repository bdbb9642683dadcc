package org.farthing.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlocksInFlightTest {
  private final BlocksInFlight window = new BlocksInFlight();

  private void came(int blocks, int bytes) {
    for (int i = 0; i < blocks; i++) {
      window.came(bytes);
    }
  }

  @Test
  void fewAreAwaitedOfAPeerThatGaveNothingYet() {
    assertThat(window.most()).isEqualTo(BlocksInFlight.LEAST);
  }

  @Test
  void smallBlocksOpenTheWindow() {
    came(8, 250);
    assertThat(window.most()).isBetween(BlocksInFlight.LEAST + 1, BlocksInFlight.MOST - 1);
    came(100, 250);
    assertThat(window.most()).isEqualTo(BlocksInFlight.MOST);
  }

  @Test
  void aLargeBlockClosesItAtOnce() {
    came(100, 250);
    came(1, 1_000_000);
    assertThat(window.most()).isEqualTo(BlocksInFlight.LEAST);
    came(16, 250);
    assertThat(window.most()).isEqualTo(BlocksInFlight.LEAST);
  }

  @Test
  void allThatAreAwaitedAreNotMoreThanSoManyBytes() {
    came(1000, 3000);
    assertThat(window.most()).isEqualTo(BlocksInFlight.BYTES / 3000);
  }
}
