package org.farthing.consensus.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.CoinScan;
import org.farthing.consensus.chain.CoinSetHashType;
import org.farthing.consensus.chain.CoinStatistics;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;

/**
 * The figures after the tip are those of a walk over all coins; those after each block are those of
 * a count of all outputs; and no money comes from nowhere.
 */
final class PlainCoinStats implements PlainIndex {
  private static final ConsensusParams PARAMS = ConsensusParams.regtest();

  @Override
  public Indexer indexer() {
    return new CoinStatsIndexer(PARAMS);
  }

  @Override
  public void check(IndexReader rows, ChainSnapshot now, List<Block> everSeen) {
    CoinStatsIndex index = new CoinStatsIndex(rows);
    try (CoinScan scan = now.chain().scanCoins()) {
      CoinStatistics walked = CoinStatistics.of(scan, CoinSetHashType.MUHASH);
      CoinFigures figures = index.figures(now.tip()).orElseThrow();
      assertThat(figures.coins()).isEqualTo(walked.coins());
      assertThat(figures.bogoSize()).isEqualTo(walked.bogoSize());
      assertThat(figures.totalSat()).isEqualTo(walked.totalSat());
      assertThat(index.muHash(now.tip())).isEqualTo(walked.hash());
    }
    checkEachBlock(index, now);
  }

  private static void checkEachBlock(CoinStatsIndex index, ChainSnapshot now) {
    Map<OutPoint, Coin> coins = new HashMap<>();
    long subsidiesSat = 0;
    for (int height = 0; height <= now.height(); height++) {
      HeaderNode node = now.tip().ancestor(height);
      long spentSat = 0;
      for (Transaction tx : now.chain().block(node.hash()).orElseThrow().transactions()) {
        if (height > 0) {
          spentSat += move(tx, height, coins);
        }
      }
      subsidiesSat += PARAMS.subsidy().at(height);
      CoinFigures figures = index.figures(node).orElseThrow();
      assertThat(figures.coins()).isEqualTo(coins.size());
      long totalSat = coins.values().stream().mapToLong(coin -> coin.output().valueSat()).sum();
      assertThat(figures.totalSat()).isEqualTo(totalSat);
      assertThat(figures.unspendableSat()).isEqualTo(subsidiesSat - totalSat);
      assertThat(figures.block().spentSat()).isEqualTo(spentSat);
      assertThat(index.muHash(node)).isPresent();
    }
  }

  /** Returns what the transaction spends. */
  private static long move(Transaction tx, int height, Map<OutPoint, Coin> coins) {
    long spentSat = 0;
    if (!tx.isCoinbase()) {
      spentSat =
          tx.inputs().stream()
              .mapToLong(input -> coins.remove(input.outPoint()).output().valueSat())
              .sum();
    }
    for (int i = 0; i < tx.outputs().size(); i++) {
      if (Coin.canBeSpent(tx.outputs().get(i))) {
        coins.put(tx.outPoint(i), new Coin(tx.outputs().get(i), height, tx.isCoinbase()));
      }
    }
    return spentSat;
  }
}
