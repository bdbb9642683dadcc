package org.farthing.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.node.peer.ConnectionKind;
import org.farthing.node.peer.Peer;
import org.farthing.node.wire.Services;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlockStagesTest {
  private final ChainBuilder chain = ChainBuilder.regtest();
  private final AtomicLong nanos = new AtomicLong();
  private final BlockStages stages = new BlockStages(nanos::get);
  private final List<BlockStages.Step> steps = new ArrayList<>();
  private final Peer peer =
      TestPeers.introduced(1, ConnectionKind.OUTBOUND, Services.NETWORK, 1_000);

  @AfterEach
  void close() {
    chain.close();
  }

  private HeaderNode mined() {
    chain.mine(1);
    return chain.tip();
  }

  @Test
  void eachStepSaysHowLongItTookAndWhoTookPart() {
    stages.addListener(steps::add);
    HeaderNode block = mined();
    stages.reached(BlockStage.ANNOUNCED, block, peer);
    nanos.set(30);
    stages.reached(BlockStage.RECEIVED, block, peer);
    nanos.set(100);
    stages.reached(BlockStage.CONNECTED, block);
    assertThat(steps)
        .containsExactly(
            step(BlockStage.ANNOUNCED, block, Optional.of(peer), OptionalLong.empty()),
            step(BlockStage.RECEIVED, block, Optional.of(peer), OptionalLong.of(30)),
            step(BlockStage.CONNECTED, block, Optional.empty(), OptionalLong.of(70)));
  }

  @Test
  void aStageCountsOnceForABlockAndForEachBlockByItself() {
    stages.addListener(steps::add);
    HeaderNode first = mined();
    HeaderNode second = mined();
    stages.reached(BlockStage.REQUESTED, first, peer);
    stages.reached(BlockStage.REQUESTED, second, peer);
    nanos.set(5);
    stages.reached(BlockStage.REQUESTED, first, peer);
    nanos.set(7);
    stages.reached(BlockStage.RECEIVED, first, peer);
    assertThat(steps)
        .containsExactly(
            step(BlockStage.REQUESTED, first, Optional.of(peer), OptionalLong.empty()),
            step(BlockStage.REQUESTED, second, Optional.of(peer), OptionalLong.empty()),
            step(BlockStage.RECEIVED, first, Optional.of(peer), OptionalLong.of(7)));
  }

  @Test
  void theOldestIsForgottenWhereTooManyAreOnTheirWay() {
    stages.addListener(steps::add);
    HeaderNode oldest = mined();
    stages.reached(BlockStage.ANNOUNCED, oldest, peer);
    for (int i = 0; i < BlockStages.MAX_BLOCKS; i++) {
      stages.reached(BlockStage.ANNOUNCED, mined(), peer);
    }
    steps.clear();
    nanos.set(9);
    stages.reached(BlockStage.RECEIVED, oldest, peer);
    assertThat(steps)
        .containsExactly(
            step(BlockStage.RECEIVED, oldest, Optional.of(peer), OptionalLong.empty()));
  }

  private static BlockStages.Step step(
      BlockStage stage, HeaderNode block, Optional<Peer> peer, OptionalLong since) {
    return new BlockStages.Step(stage, block, peer, since);
  }
}
