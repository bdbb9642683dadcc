package org.farthing.node.mempool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.chain.BlockUndo;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.node.mempool.FeeEstimate.Basis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FeeEstimatorTest {
  private final PoolFixture fixture = new PoolFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private FeeEstimate estimate(FeeEstimator estimator, int targetBlocks) {
    return estimator.estimate(targetBlocks, fixture.nowMillis);
  }

  @Test
  void aQuietNetworkAsksForTheMinimum() {
    FeeEstimator estimator = new FeeEstimator(fixture.pool, 4_000_000);
    fixture.accept(fixture.payment(1, 10_000));

    assertThat(estimate(estimator, 1))
        .isEqualTo(new FeeEstimate(new FeeRate(100), Basis.MINIMUM, 1));
  }

  @Test
  void onePaysMoreThanTheBestThatFindsNoRoom() {
    List<MempoolEntry> entries = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      entries.add(fixture.accept(fixture.payment(i, 1_000L * i)));
    }
    // Two of the six fit into a block.
    FeeEstimator estimator = new FeeEstimator(fixture.pool, 2 * 440);

    FeeRate third = entries.get(3).feePerWeight().rate();
    assertThat(estimate(estimator, 1))
        .isEqualTo(new FeeEstimate(third.plus(new FeeRate(1)), Basis.MEMPOOL, 1));
    FeeRate fifth = entries.get(1).feePerWeight().rate();
    assertThat(estimate(estimator, 2).rate()).isEqualTo(fifth.plus(new FeeRate(1)));
    assertThat(estimate(estimator, 3).basis()).isEqualTo(Basis.MINIMUM);
  }

  @Test
  void fullBlocksShowWhatHasToBePaid() {
    FeeEstimator estimator = new FeeEstimator(fixture.pool, 4_000_000);
    for (int i = 0; i < 3; i++) {
      estimator.chainEvent(fullBlock());
    }
    FeeEstimate full = estimate(estimator, 1);
    assertThat(full.basis()).isEqualTo(Basis.BLOCKS);
    // Fees of 0, 100,000 … 900,000 satoshis for the same size: the third of ten.
    assertThat(full.rate()).isEqualTo(FeeRate.of(200_000, bulky(0).virtualSize()));

    for (int i = 0; i < 3; i++) {
      estimator.chainEvent(emptyBlock());
    }
    assertThat(estimate(estimator, 1).basis()).isEqualTo(Basis.MINIMUM);
    estimator.chainEvent(disconnected(emptyBlock()));
    assertThat(estimate(estimator, 1).basis()).isEqualTo(Basis.BLOCKS);
  }

  private ChainEvent emptyBlock() {
    return new ChainEvent.Connected(
        fixture.chain.tip(), fixture.chain.block(5), new BlockUndo(List.of()));
  }

  private static ChainEvent disconnected(ChainEvent event) {
    return new ChainEvent.Disconnected(event.node(), event.block(), event.undo());
  }

  private Transaction bulky(int index) {
    TxIn input = new TxIn(fixture.chain.coinbase(1), Script.EMPTY, index);
    return new Transaction(
        2, List.of(input), List.of(new TxOut(1, Script.of(new byte[92_000]))), 0);
  }

  private ChainEvent fullBlock() {
    List<Transaction> transactions = new ArrayList<>();
    List<List<Coin>> spent = new ArrayList<>();
    transactions.add(fixture.chain.block(5).transactions().get(0));
    for (int i = 0; i < 10; i++) {
      transactions.add(bulky(i));
      spent.add(List.of(new Coin(new TxOut(100_000L * i + 1, Script.EMPTY), 1, false)));
    }
    Block block = new Block(fixture.chain.tip().header(), transactions);
    return new ChainEvent.Connected(fixture.chain.tip(), block, new BlockUndo(spent));
  }
}
