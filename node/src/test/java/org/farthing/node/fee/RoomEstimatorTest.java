package org.farthing.node.fee;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.farthing.consensus.chain.BlockUndo;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.node.mempool.FeePerWeight;
import org.farthing.node.mempool.FeeRate;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoomEstimatorTest {
  private static final FeeRate LEAST = new FeeRate(100);
  private static final int ALMOST_FULL_WEIGHT = 3_900_000;

  private final ChainBuilder chain = ChainBuilder.regtest();
  private final RoomEstimator estimator = new RoomEstimator();

  @AfterEach
  void close() {
    chain.close();
  }

  /** What waits is so many chunks of 100,000 weight units, from 1000 satoshis for a kvB down. */
  private FeeEstimate estimate(int chunks, int target, boolean conservative) {
    List<FeePerWeight> waiting =
        IntStream.range(0, chunks)
            .mapToObj(i -> new FeePerWeight((1000 - i) * 25L, 100_000))
            .toList();
    return estimator.estimate(waiting, target, conservative, LEAST);
  }

  /** A block of one transaction. */
  private void block(int height, int weight, long satPerKvb) {
    Script script = Script.of(new byte[weight / 4 - 65]);
    Transaction tx =
        new Transaction(
            2, List.of(new TxIn(OutPoint.NULL, Script.EMPTY, 0)), List.of(new TxOut(0, script)), 0);
    long feeSat = satPerKvb * tx.weight() / 4000;
    Block real = chain.mine(1).get(0);
    Block block = new Block(real.header(), List.of(real.transactions().get(0), tx));
    Coin coin = new Coin(new TxOut(feeSat, Script.EMPTY), 1, false);
    estimator.chainChanged(
        new ChainEvent.Connected(chain.tip(), block, new BlockUndo(List.of(List.of(coin)))));
    assertThat(chain.tip().height()).isEqualTo(height);
  }

  @Test
  void whereNothingWaitsTheLeastIsEnough() {
    FeeEstimate fresh = estimate(0, 1, true);
    assertThat(fresh.rate()).contains(LEAST);
    assertThat(fresh.blocks()).isEqualTo(1);
    assertThat(fresh.source()).isEqualTo(FeeSource.ROOM_IN_BLOCKS);
    assertThat(fresh.basis()).isEqualTo("no block was seen, what waits is expected to fit into 1");
  }

  @Test
  void itIsAskedToBeBeforeWhatWillNotFit() {
    // A conservative block has 2,000,000 weight units for what waits: twenty chunks.
    assertThat(estimate(20, 1, true).rate()).contains(LEAST);
    assertThat(estimate(21, 1, true).rate()).contains(new FeeRate(981));
    assertThat(estimate(40, 1, true).rate()).contains(new FeeRate(981));
    assertThat(estimate(40, 1, false).rate()).contains(new FeeRate(971));
    assertThat(estimate(40, 2, true).rate()).contains(LEAST);
    assertThat(estimate(41, 2, true).basis())
        .isEqualTo("no block was seen, more waits than is expected to fit into 2");
  }

  @Test
  void whereBlocksAreFullTheirMeanIsAskedForToo() {
    for (int height = 1; height <= 3; height++) {
      block(height, 1_000, 5_000);
    }
    assertThat(estimate(0, 1, false).rate()).contains(LEAST);
    for (int height = 4; height <= 7; height++) {
      block(height, ALMOST_FULL_WEIGHT, 2_000);
    }
    FeeEstimate estimate = estimate(0, 1, false);
    assertThat(estimate.rate().orElseThrow().satPerKvb()).isBetween(1_990L, 2_000L);
    assertThat(estimate.basis())
        .isEqualTo("2 of the last 6 blocks had room left, what waits is expected to fit into 1");
  }

  @Test
  void blocksThatAreTakenBackCountNoMore() {
    for (int height = 1; height <= 3; height++) {
      block(height, ALMOST_FULL_WEIGHT, 2_000);
    }
    assertThat(estimate(0, 1, false).rate()).isNotEqualTo(Optional.of(LEAST));
    estimator.chainChanged(
        new ChainEvent.Disconnected(
            chain.tip().ancestor(1), chain.block(1), new BlockUndo(List.of())));
    assertThat(estimate(0, 1, false).rate()).contains(LEAST);
  }
}
