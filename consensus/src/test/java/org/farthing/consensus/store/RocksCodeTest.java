package org.farthing.consensus.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RocksCodeTest {
  /** RocksDB's own way unpacks it anew at each start, and leaves it behind after a kill. */
  @Test
  void isLoadedInOurWay() {
    RocksCode.load();
    assertThat(RocksCode.isOurs()).isTrue();
  }
}
