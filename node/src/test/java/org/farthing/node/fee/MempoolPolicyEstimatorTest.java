package org.farthing.node.fee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.node.mempool.FeePerWeight;
import org.farthing.node.mempool.FeeRate;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MempoolPolicyEstimatorTest {
  private static final FeeRate LEAST = new FeeRate(100);

  private final ChainBuilder chain = ChainBuilder.regtest();
  private final MempoolPolicyEstimator estimator = new MempoolPolicyEstimator();

  @AfterEach
  void close() {
    chain.close();
  }

  /** A block with the coinbase alone. */
  private void quietBlock() {
    Block block = chain.mine(1).get(0);
    estimator.connected(chain.tip().height(), block, List.of());
  }

  private FeeEstimate estimate(List<FeePerWeight> nextBlock, boolean conservative) {
    return estimator.estimate(nextBlock, conservative, LEAST);
  }

  /** A chunk of this many thousand weight units. */
  private static FeePerWeight chunk(int kiloweight, long satPerVbyte) {
    return new FeePerWeight(satPerVbyte * kiloweight * 250, kiloweight * 1000L);
  }

  @Test
  void sixBlocksMustHaveBeenSeen() {
    for (int i = 0; i < 6; i++) {
      FeeEstimate early = estimate(List.of(), false);
      assertThat(early.rate()).isEmpty();
      assertThat(early.error())
          .isEqualTo("mempool_policy: Not enough recent block data for fee rate estimation");
      assertThat(early.blocks()).isEqualTo(2);
      quietBlock();
    }
    assertThat(estimate(List.of(), false).rate()).contains(LEAST);
    assertThat(estimator.minedBlocks()).hasSize(6);
    assertThat(estimator.minedBlocks().get(0).height()).isEqualTo(6);
    quietBlock();
    assertThat(estimator.minedBlocks()).hasSize(6);
    assertThat(estimator.minedBlocks().get(5).height()).isEqualTo(2);
  }

  @Test
  void aGapBeginsAnewAndAnotherBranchTakesThePlaceOfTheFirst() {
    for (int i = 0; i < 6; i++) {
      quietBlock();
    }
    estimator.connected(5, chain.block(5), List.of());
    assertThat(estimator.minedBlocks())
        .extracting(MinedBlock::height)
        .containsExactly(5, 4, 3, 2, 1);
    estimator.connected(7, chain.block(6), List.of());
    assertThat(estimator.minedBlocks()).extracting(MinedBlock::height).containsExactly(7);
  }

  @Test
  void theMiddleOfTheNextBlockIsTheConservativeAnswer() {
    for (int i = 0; i < 6; i++) {
      quietBlock();
    }
    // In any order: 1,999,000 weight units of 50 sat/vB, then 20, then 10.
    List<FeePerWeight> next =
        List.of(chunk(900, 10), chunk(1000, 50), chunk(2, 20), chunk(999, 50), chunk(1000, 20));
    assertThat(estimate(next, true).rate()).contains(new FeeRate(20_000));
    assertThat(estimate(next, false).rate()).contains(new FeeRate(20_000));
    List<FeePerWeight> fuller = List.of(chunk(2000, 50), chunk(999, 20), chunk(900, 10));
    assertThat(estimate(fuller, true).rate()).contains(new FeeRate(50_000));
    assertThat(estimate(fuller, false).rate()).contains(new FeeRate(10_000));
    // Where there is room left, the least will do.
    List<FeePerWeight> empty = List.of(chunk(1999, 50));
    assertThat(estimate(empty, true).rate()).contains(LEAST);
    assertThat(estimate(List.of(chunk(2999, 50)), false).rate()).contains(LEAST);
    assertThat(estimate(List.of(chunk(2999, 50)), true).rate()).contains(new FeeRate(50_000));
  }

  /** Blocks of 700,000 weight units; the mempool knew a part of them. */
  private void fullBlocks(int count, int knownOfTen) {
    Script padding = Script.of(new byte[17_000]);
    for (int i = 0; i < count; i++) {
      chain.mine(1);
      Transaction[] spends = new Transaction[10];
      for (int j = 0; j < 10; j++) {
        spends[j] =
            chain.spend(
                chain.coinbase(1),
                new TxOut(j, ChainBuilder.MINER.p2wpkh()),
                new TxOut(0, padding));
      }
      Block block = chain.draft().with(spends).build();
      List<MempoolEntry> known =
          Arrays.stream(spends)
              .limit(knownOfTen)
              .map(
                  tx ->
                      new MempoolEntry(
                          tx, new MempoolEntry.Fees(0, 0), 0, tx.weight(), 0, 1, false))
              .toList();
      estimator.connected(chain.tip().height(), block, known);
    }
  }

  @Test
  void minersMustTakeWhatTheMempoolHas() {
    fullBlocks(6, 7);
    assertThat(estimate(List.of(), false).error())
        .isEqualTo("mempool_policy: Mempool is unreliable for fee rate estimation");
    // Three quarters are enough: (4 × 8 + 2 × 7) / 60 = 0.77.
    fullBlocks(4, 8);
    assertThat(estimate(List.of(), false).rate()).contains(LEAST);
  }

  @Test
  void whatWasKeptHoldsForTheSameTipOnly() throws DecodeException {
    for (int i = 0; i < 8; i++) {
      quietBlock();
    }
    byte[] encoded = estimator.encode();
    BlockHash tip = chain.tip().hash();
    MempoolPolicyEstimator next = MempoolPolicyEstimator.decode(encoded, 8, tip);
    assertThat(next.minedBlocks()).isEqualTo(estimator.minedBlocks());
    assertThat(next.encode()).isEqualTo(encoded);
    assertThatThrownBy(() -> MempoolPolicyEstimator.decode(encoded, 9, tip))
        .isInstanceOf(DecodeException.class);
    BlockHash stale = chain.block(7).hash();
    assertThatThrownBy(() -> MempoolPolicyEstimator.decode(encoded, 8, stale))
        .isInstanceOf(DecodeException.class);
    for (int length = 0; length < encoded.length; length++) {
      byte[] cut = Arrays.copyOf(encoded, length);
      assertThatThrownBy(() -> MempoolPolicyEstimator.decode(cut, 8, tip))
          .isInstanceOf(DecodeException.class);
    }
  }
}
