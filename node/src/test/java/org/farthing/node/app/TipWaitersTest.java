package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.node.simulation.VirtualTime;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TipWaitersTest {
  private static final OptionalLong FOR_EVER = OptionalLong.empty();

  private final ChainBuilder chain = ChainBuilder.regtest();
  private final VirtualTime time = new VirtualTime(0);
  private final TipWaiters waiters = new TipWaiters(chain.chain()::snapshot, time.newScheduler());

  @AfterEach
  void close() {
    chain.close();
  }

  private CompletableFuture<HeaderNode> awaitHeight(int height, OptionalLong timeoutMillis) {
    CompletableFuture<HeaderNode> result =
        waiters.await(tip -> tip.height() >= height, timeoutMillis);
    time.runDue();
    return result;
  }

  private void mine() {
    chain.mine(1);
    waiters.tipChanged(chain.chain().snapshot());
  }

  @Test
  void aTipThatIsThereIsNotWaitedFor() {
    mine();
    assertThat(awaitHeight(1, FOR_EVER)).isCompletedWithValue(chain.tip());
  }

  @Test
  void eachGetsTheFirstTipThatItWants() {
    CompletableFuture<HeaderNode> one = awaitHeight(1, FOR_EVER);
    CompletableFuture<HeaderNode> two = awaitHeight(2, FOR_EVER);
    mine();
    assertThat(one).isCompletedWithValue(chain.tip());
    assertThat(two).isNotDone();
    mine();
    assertThat(two).isCompletedWithValue(chain.tip());
  }

  @Test
  void aTipThatComesBeforeTheWaitingBeginsCounts() {
    CompletableFuture<HeaderNode> result = waiters.await(tip -> tip.height() >= 1, FOR_EVER);
    mine();
    assertThat(result).isNotDone();
    time.runDue();
    assertThat(result).isCompletedWithValue(chain.tip());
  }

  @Test
  void whenTheTimeIsOverTheTipIsAsItIs() {
    CompletableFuture<HeaderNode> result = awaitHeight(2, OptionalLong.of(1000));
    mine();
    time.runFor(999);
    assertThat(result).isNotDone();
    time.runFor(1);
    assertThat(result).isCompletedWithValue(chain.tip());
  }

  @Test
  void whenTheNodeStopsNobodyWaits() {
    CompletableFuture<HeaderNode> before = awaitHeight(1, FOR_EVER);
    CompletableFuture<HeaderNode> meanwhile = waiters.await(tip -> tip.height() >= 1, FOR_EVER);
    waiters.close();
    time.runDue();
    assertThat(before).isCompletedWithValue(chain.tip());
    assertThat(meanwhile).isCompletedWithValue(chain.tip());
    assertThat(awaitHeight(1, FOR_EVER)).isCompletedWithValue(chain.tip());
  }
}
