package org.farthing.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.testing.BlockDraft;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.Test;

class EarlierCoinsTest {
  private static CoinStatistics now(ChainBuilder chain) {
    try (CoinScan scan = chain.chain().snapshot().chain().scanCoins()) {
      return CoinStatistics.of(scan, CoinSetHashType.HASH_SERIALIZED_3);
    }
  }

  private static CoinStatistics after(ChainBuilder chain, HeaderNode block) {
    ChainReader reader = chain.chain().snapshot().chain();
    try (CoinScan scan = EarlierCoins.of(reader.scanCoins(), block, reader)) {
      return CoinStatistics.of(scan, CoinSetHashType.HASH_SERIALIZED_3);
    }
  }

  /** Coins are made, spent in later blocks and in their own, and stay. */
  @Test
  void theCoinsAfterEachBlockAreThoseOfItsTime() {
    try (ChainBuilder chain = ChainBuilder.regtest()) {
      chain.mine(101, BlockDraft.ANYONE);
      List<HeaderNode> blocks = new ArrayList<>();
      List<CoinStatistics> expected = new ArrayList<>();
      OutPoint last = chain.coinbase(1);
      long valueSat = 50_00000000L;
      for (int round = 0; round < 6; round++) {
        blocks.add(chain.chain().snapshot().tip());
        expected.add(now(chain));
        valueSat /= 2;
        TxOut half = new TxOut(valueSat, BlockDraft.ANYONE);
        Transaction first = ChainBuilder.spendAnyone(List.of(last), half, half);
        Transaction second =
            ChainBuilder.spendAnyone(
                List.of(first.outPoint(0)), new TxOut(valueSat, BlockDraft.ANYONE));
        chain.mineWith(first, second);
        last = second.outPoint(0);
      }
      for (int index = 0; index < blocks.size(); index++) {
        CoinStatistics earlier = after(chain, blocks.get(index));
        assertThat(earlier.hash()).isEqualTo(expected.get(index).hash());
        assertThat(earlier.tip()).isEqualTo(expected.get(index).tip());
        assertThat(earlier.coins()).isEqualTo(expected.get(index).coins());
      }
      HeaderNode genesis = blocks.get(0).ancestor(0);
      assertThat(after(chain, genesis).coins()).isZero();
    }
  }

  @Test
  void aBlockOfAnotherBranchIsRefused() {
    try (ChainBuilder chain = ChainBuilder.regtest();
        ChainBuilder other = ChainBuilder.regtest()) {
      chain.mine(2, BlockDraft.ANYONE);
      other.mine(3, BlockDraft.ANYONE);
      HeaderNode foreign = other.chain().snapshot().tip();
      assertThatThrownBy(() -> after(chain, foreign)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
