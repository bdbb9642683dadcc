package org.farthing.node.fee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.mempool.FeeRate;
import org.farthing.node.mempool.MempoolEntry;
import org.junit.jupiter.api.Test;

class BlockPolicyEstimatorTest {
  /** 20 sat/vB for the lowest of ten levels, as in Bitcoin Core's test of the same. */
  private static final int STEP = 20_000;

  private static final String NO_ANSWER = "Insufficient data or no feerate found";

  private final Entries entries = new Entries();
  private BlockPolicyEstimator estimator = new BlockPolicyEstimator();
  private int height;

  private List<MempoolEntry> enter(long satPerKvb, int count) {
    List<MempoolEntry> entered = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entered.add(entries.entry(satPerKvb, height));
    }
    entered.forEach(estimator::entered);
    return entered;
  }

  private void block(List<MempoolEntry> confirmed) {
    height++;
    estimator.connected(height, confirmed);
  }

  /** Transactions of this rate come and are confirmed by the next block. */
  private void quickBlocks(int count, long satPerKvb) {
    for (int i = 0; i < count; i++) {
      block(enter(satPerKvb, 24));
    }
  }

  private double rate(int target, double threshold) {
    return estimator.estimate(Horizon.MEDIUM, target, threshold).rate().orElse(-1);
  }

  private FeeEstimate smart(int target, boolean conservative) {
    return estimator.estimate(target, conservative);
  }

  @Test
  void nothingIsKnownAtFirst() {
    FeeEstimate estimate = smart(1, false);
    assertThat(estimate.rate()).isEmpty();
    assertThat(estimate.error()).isEqualTo(NO_ANSWER);
    assertThat(estimate.blocks()).isZero();
    HorizonEstimate medium = estimator.estimate(Horizon.MEDIUM, 2, 0.95);
    assertThat(medium.rate()).isEmpty();
    assertThat(medium.pass()).isEmpty();
    assertThat(medium.fail().orElseThrow()).isEqualTo(new BucketRange(0, 1e99, 0, 0, 0, 0));
  }

  /**
   * Before each block four transactions come of each of ten feerates. Block n confirms all of the n
   * % 10 + 1 highest, so that the highest is in each block, the second in nine of ten, and so on;
   * within b blocks the (12 - b)th is nearly always there.
   */
  private void mineByRank(int blocks) {
    List<List<MempoolEntry>> waiting = new ArrayList<>();
    for (int level = 0; level < 10; level++) {
      waiting.add(new ArrayList<>());
    }
    for (int n = 0; n < blocks; n++) {
      for (int level = 0; level < 10; level++) {
        waiting.get(level).addAll(enter((level + 1L) * STEP, 4));
      }
      List<MempoolEntry> confirmed = new ArrayList<>();
      for (int rank = 0; rank <= n % 10; rank++) {
        confirmed.addAll(waiting.get(9 - rank));
        waiting.get(9 - rank).clear();
      }
      block(confirmed);
    }
  }

  @Test
  void whatIsFastEnoughIsFoundAmongTenRates() {
    mineByRank(200);
    // Buckets are 5 % wide, and the estimate is the mean of one: a tenth of a level's distance.
    for (int target = 2; target < 10; target += 2) {
      assertThat(rate(target, 0.95)).isCloseTo((11 - target) * STEP, within(0.1 * STEP));
    }
    assertThat(ofShort(1).rate().orElse(-1)).isCloseTo(10 * STEP, within(0.1 * STEP));
    // Half of all are in the next block from the sixth level on.
    assertThat(rate(2, 0.5)).isLessThan(rate(2, 0.95));
  }

  @Test
  void emptyBlocksChangeNothingWhileNothingWaits() {
    quickBlocks(50, 5000);
    double before = rate(2, 0.85);
    for (int i = 0; i < 20; i++) {
      block(List.of());
    }
    assertThat(rate(2, 0.85)).isCloseTo(before, within(1e-6));
    assertThat(smart(2, false).rate()).contains(new FeeRate(5000));
  }

  @Test
  void whatWaitsInVainCountsAgainstItsRate() {
    quickBlocks(50, 5000);
    List<MempoolEntry> waiting = enter(5000, 200);
    assertThat(ofShort(2).rate()).hasValueCloseTo(5000.0, within(1e-6));
    for (int i = 0; i < 5; i++) {
      block(List.of());
    }
    assertThat(ofShort(2).rate()).isEmpty();
    assertThat(ofShort(2).fail().orElseThrow().waiting()).isEqualTo(200);
    assertThat(ofShort(6).rate()).hasValueCloseTo(5000.0, within(1e-6));
    // They are mined after all, with the sixth block.
    block(waiting);
    assertThat(ofShort(6).rate()).isPresent();
    assertThat(ofShort(5).rate()).isEmpty();
    assertThat(ofShort(5).fail().orElseThrow().waiting()).isZero();
  }

  private HorizonEstimate ofShort(int target) {
    return estimator.estimate(Horizon.SHORT, target, 0.95);
  }

  /** Of those of the low rate nine in ten must be replaced before a block takes them. */
  @Test
  void whatIsReplacedWasTooCheap() {
    for (int i = 0; i < 20; i++) {
      List<MempoolEntry> replaced = enter(1000, 45);
      List<MempoolEntry> confirmed = new ArrayList<>(enter(1000, 5));
      block(confirmed);
      replaced.forEach(entry -> estimator.left(entry.txid()));
      List<MempoolEntry> better = enter(10_000, 45);
      block(better);
    }
    assertThat(smart(2, false).rate()).contains(new FeeRate(10_000));
  }

  /** As in Bitcoin Core's functional test of both modes. */
  @Test
  void aShortCheapTimeConvincesOnlyTheEconomical() {
    quickBlocks(12, 500_000);
    assertThat(smart(1, true).rate()).contains(new FeeRate(500_000));
    assertThat(smart(1, false).rate()).contains(new FeeRate(500_000));
    quickBlocks(4, 100_000);
    assertThat(smart(1, true).rate()).contains(new FeeRate(500_000));
    assertThat(smart(1, false).rate()).contains(new FeeRate(100_000));
  }

  @Test
  void targetsReachAsFarAsHalfOfWhatWasSeen() {
    quickBlocks(21, 3000);
    assertThat(smart(1, false).blocks()).isEqualTo(2);
    assertThat(smart(6, false).blocks()).isEqualTo(6);
    assertThat(smart(1008, false).blocks()).isEqualTo(10);
    assertThat(smart(1008, false).rate()).contains(new FeeRate(3000));
  }

  @Test
  void whoeverCameAtAnotherHeightIsNotFollowed() {
    height = 7;
    quickBlocks(10, 3000);
    double before = confirmedOfAll();
    MempoolEntry late = entries.entry(9000, height - 1);
    estimator.entered(late);
    block(List.of(late));
    assertThat(confirmedOfAll()).isCloseTo(before * Horizon.LONG.decay(), within(1e-6));
    double seen = confirmedOfAll();
    // A block of another branch at a height that was seen: it is left out.
    estimator.connected(height, enter(3000, 24));
    assertThat(confirmedOfAll()).isEqualTo(seen);
  }

  private double confirmedOfAll() {
    return estimator.estimate(Horizon.LONG, 1, 0).pass().orElseThrow().confirmed();
  }

  @Test
  void theNextRunGoesOnWhereThisOneEnded() throws DecodeException {
    quickBlocks(40, 3000);
    enter(3000, 10);
    quickBlocks(1, 4000);
    byte[] encoded = estimator.encode();
    List<FeeEstimate> before = new ArrayList<>();
    for (int target = 1; target < 40; target++) {
      before.add(smart(target, target % 2 == 0));
    }
    estimator.forgetWaiting();
    byte[] ended = estimator.encode();
    assertThat(ended).isNotEqualTo(encoded);
    estimator = BlockPolicyEstimator.decode(ended);
    assertThat(estimator.encode()).isEqualTo(ended);
    for (int target = 1; target < 40; target++) {
      assertThat(smart(target, target % 2 == 0)).isEqualTo(before.get(target - 1));
    }
    // What an earlier run saw lets targets reach as far, until this one has seen more.
    quickBlocks(3, 3000);
    assertThat(smart(1008, false).blocks()).isEqualTo(20);
    quickBlocks(50, 3000);
    assertThat(smart(1008, false).blocks()).isGreaterThan(20);
  }

  @Test
  void whatIsNoEstimatorIsRefused() {
    quickBlocks(5, 3000);
    byte[] encoded = estimator.encode();
    for (int length : new int[] {0, 3, 20, encoded.length - 1}) {
      assertThatThrownBy(() -> BlockPolicyEstimator.decode(Arrays.copyOf(encoded, length)))
          .isInstanceOf(DecodeException.class);
    }
    assertThatThrownBy(
            () -> BlockPolicyEstimator.decode(Arrays.copyOf(encoded, encoded.length + 1)))
        .isInstanceOf(DecodeException.class);
    byte[] otherFormat = encoded.clone();
    otherFormat[0]++;
    assertThatThrownBy(() -> BlockPolicyEstimator.decode(otherFormat))
        .isInstanceOf(DecodeException.class);
    byte[] notANumber = encoded.clone();
    Arrays.fill(notANumber, encoded.length - 8, encoded.length, (byte) 0xff);
    assertThatThrownBy(() -> BlockPolicyEstimator.decode(notANumber))
        .isInstanceOf(DecodeException.class);
  }
}
