package org.farthing.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.junit.jupiter.api.Test;

class BytesAheadTest {
  private static final Block SMALL = ConsensusParams.regtest().genesis();
  private static final Block LARGE =
      new Block(SMALL.header(), Collections.nCopies(1_000, SMALL.transactions().get(0)));

  private final List<Runnable> handedOver = new ArrayList<>();

  @Test
  void nobodyWaitsForAWorkerThatHasNotBegun() {
    Supplier<byte[]> bytes = BytesAhead.of(LARGE, handedOver::add);
    assertThat(bytes.get()).isEqualTo(LARGE.serialize());
    handedOver.forEach(Runnable::run);
    assertThat(bytes.get()).isSameAs(bytes.get());
  }

  @Test
  void whatAWorkerHasWrittenIsNotWrittenAgain() {
    Supplier<byte[]> bytes = BytesAhead.of(LARGE, Runnable::run);
    assertThat(bytes.get()).isEqualTo(LARGE.serialize()).isSameAs(bytes.get());
  }

  @Test
  void aSmallBlockIsNotHandedOver() {
    assertThat(BytesAhead.of(SMALL, handedOver::add).get()).isEqualTo(SMALL.serialize());
    assertThat(handedOver).isEmpty();
  }
}
