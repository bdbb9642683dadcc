package org.farthing.consensus.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Difficulty;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.junit.jupiter.api.Test;

/**
 * Rules of time at their edges: lock times, proof of work, and the difficulty that follows time.
 */
class TimeRulesTest {
  private static final Difficulty.Lwma LWMA =
      (Difficulty.Lwma) ConsensusParams.testnet().difficulty();

  private static Verdict verdict(int lockTime, int height, long cutoff, int... sequences) {
    List<TxIn> inputs =
        Arrays.stream(sequences)
            .mapToObj(each -> new TxIn(new OutPoint(Txid.ZERO, each), Script.EMPTY, each))
            .toList();
    Transaction tx = new Transaction(2, inputs, List.of(new TxOut(0, Script.EMPTY)), lockTime);
    return TxChecks.inHeaderContext(tx, height, cutoff);
  }

  private static boolean isFinal(int lockTime, int height, long cutoff, int... sequences) {
    return verdict(lockTime, height, cutoff, sequences).isAccepted();
  }

  /** A block may hold a transaction only at a height, or after a time, above its lock time. */
  @Test
  void lockTimesAreHeightsBelowHalfABillion() {
    assertThat(isFinal(0, 0, 0, 0)).isTrue();
    assertThat(isFinal(100, 100, 0, 0)).isFalse();
    assertThat(isFinal(100, 101, 0, 0)).isTrue();
    assertThat(isFinal(499_999_999, 499_999_999, Long.MAX_VALUE, 0)).isFalse();
    assertThat(isFinal(500_000_000, Integer.MAX_VALUE, 500_000_000, 0)).isFalse();
    assertThat(isFinal(500_000_000, 0, 500_000_001, 0)).isTrue();
    assertThat(isFinal(-1, 0, 0xffffffffL, 0)).isFalse();
    assertThat(isFinal(-1, 0, 0x100000000L, 0)).isTrue();
  }

  /** Where no input wants it, the lock time means nothing. */
  @Test
  void oneInputIsEnoughForALockTime() {
    assertThat(isFinal(100, 50, 0, Sequence.FINAL)).isTrue();
    assertThat(isFinal(100, 50, 0, Sequence.FINAL, Sequence.FINAL)).isTrue();
    assertThat(isFinal(100, 50, 0, Sequence.FINAL, Sequence.MAX_NON_FINAL)).isFalse();
    assertThat(isFinal(100, 50, 0, 0, Sequence.FINAL)).isFalse();
    assertThat(verdict(100, 50, 0, 0)).hasToString("bad-txns-nonfinal, non-final transaction");
    assertThat(Verdict.rejected(RejectReason.BAD_CB_LENGTH)).hasToString("bad-cb-length");
    assertThat(Verdict.accepted().isAccepted()).isTrue();
  }

  /** A hash may be as large as the target, and a target as large as the network's limit. */
  @Test
  void aHashAtTheTargetIsEnough() {
    Difficulty easy = ConsensusParams.regtest().difficulty();
    int bits = 0x1d00ffff;
    byte[] wire = new byte[32];
    wire[26] = (byte) 0xff;
    wire[27] = (byte) 0xff;
    assertThat(ProofOfWork.asNumber(BlockHash.of(wire)))
        .isEqualTo(ProofOfWork.target(bits).orElseThrow());
    assertThat(ProofOfWork.isMet(BlockHash.of(wire), bits, easy)).isTrue();
    wire[0] = 1;
    assertThat(ProofOfWork.isMet(BlockHash.of(wire), bits, easy)).isFalse();
    BlockHash zero = BlockHash.of(new byte[32]);
    assertThat(ProofOfWork.isMet(zero, easy.limitBits(), easy)).isTrue();
    assertThat(ProofOfWork.isMet(zero, easy.limitBits() + 1, easy)).isFalse();
    assertThat(ProofOfWork.isMet(zero, 0, easy)).isFalse();
  }

  private static int next(int bits, long... medianTimes) {
    List<Lwma.Sample> samples = new ArrayList<>();
    for (long time : medianTimes) {
      samples.add(new Lwma.Sample(time, bits));
    }
    return Lwma.nextBits(LWMA, samples);
  }

  private static long[] times(int count, int spacing) {
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      times[i] = 1_000_000 + (long) i * spacing;
    }
    return times;
  }

  private static double ratio(int bits, int to) {
    BigInteger scale = BigInteger.valueOf(1_000_000);
    BigInteger one = ProofOfWork.target(bits).orElseThrow().multiply(scale);
    return one.divide(ProofOfWork.target(to).orElseThrow()).doubleValue() / 1_000_000;
  }

  /** By zawy12's definition: with the same solve time t throughout, the mean target times t / T. */
  @Test
  void lwmaFollowsTheSolveTimes() {
    int spacing = LWMA.spacingSeconds();
    int full = LWMA.window() + 1;
    int bits = 0x1c7fff00;
    assertThat(next(bits, times(full, spacing))).isEqualTo(bits);
    assertThat(next(bits, times(full + 5, spacing))).isEqualTo(bits);
    assertThat(ratio(next(bits, times(full, 2 * spacing)), bits)).isCloseTo(2, within());
    assertThat(ratio(next(bits, times(full, 1)), bits)).isCloseTo(1.0 / spacing, within());
    // Never less than one second, and never more than the rule counts.
    assertThat(next(bits, times(full, 0))).isEqualTo(next(bits, times(full, 1)));
    int most = LWMA.maxSolveSeconds();
    assertThat(next(bits, times(full, most + 100))).isEqualTo(next(bits, times(full, most)));
  }

  private static Offset<Double> within() {
    return Offset.offset(0.001);
  }

  /** Later solve times weigh more: of n, the last weighs n times as much as the first. */
  @Test
  void lwmaWeighsLaterTimesMore() {
    int n = LWMA.window();
    int bits = 0x1c7fff00;
    int spacing = LWMA.spacingSeconds();
    long[] slowLast = times(n + 1, spacing);
    slowLast[n] += spacing;
    double sum = n * (n + 1) / 2.0;
    assertThat(ratio(next(bits, slowLast), bits)).isCloseTo(1 + n / sum, within());
    long[] slowFirst = times(n + 1, spacing);
    for (int i = 1; i <= n; i++) {
      slowFirst[i] += spacing;
    }
    assertThat(ratio(next(bits, slowFirst), bits)).isCloseTo(1 + 1 / sum, within());
  }

  /** Blocks that a young chain has not yet count as easy ones that came on time. */
  @Test
  void lwmaOfAYoungChain() {
    int limit = LWMA.limitBits();
    int spacing = LWMA.spacingSeconds();
    int n = LWMA.window();
    assertThat(next(limit, 0)).isEqualTo(limit);
    assertThat(next(limit, times(10, spacing))).isEqualTo(limit);
    assertThat(next(limit, times(10, 2 * spacing))).isEqualTo(limit);
    // Nine solves in one second each, with the weights of the last nine of the window.
    double sum = n * (n + 1) / 2.0;
    double late = 0;
    for (int weight = n - 8; weight <= n; weight++) {
      late += weight;
    }
    double expected = (sum - late + late / spacing) / sum;
    assertThat(ratio(next(limit, times(10, 1)), limit)).isCloseTo(expected, within());
  }

  /** Satoshi's rule: by the ratio of times, within a factor of four, never above the limit. */
  @Test
  void retargeting() {
    Difficulty.Retarget rule = (Difficulty.Retarget) ConsensusParams.mainnet().difficulty();
    long wanted = rule.timespanSeconds();
    int bits = 0x1c00ffff;
    assertThat(Retarget.nextBits(rule, bits, wanted)).isEqualTo(bits);
    assertThat(ratio(Retarget.nextBits(rule, bits, 2 * wanted), bits)).isCloseTo(2, within());
    assertThat(ratio(Retarget.nextBits(rule, bits, 100 * wanted), bits)).isCloseTo(4, within());
    assertThat(ratio(Retarget.nextBits(rule, bits, 1), bits)).isCloseTo(0.25, within());
    assertThat(ratio(Retarget.nextBits(rule, bits, -wanted), bits)).isCloseTo(0.25, within());
    assertThat(Retarget.nextBits(rule, rule.limitBits(), 4 * wanted)).isEqualTo(rule.limitBits());
    assertThat(Retarget.beginsPeriod(2016, rule)).isTrue();
    assertThat(Retarget.beginsPeriod(2015, rule)).isFalse();
    assertThat(Retarget.beginsPeriod(2016, LWMA)).isFalse();
  }

  @Test
  void everyReasonSaysWhatItIs() {
    for (RejectReason reason : RejectReason.values()) {
      assertThat(reason.kind()).as(reason.name()).isNotNull();
      assertThat(reason.sentence()).endsWith(".");
      assertThat(reason.label()).isNotEmpty();
    }
    assertThat(RejectReason.BAD_TXNMRKLROOT.kind()).isEqualTo(RejectReason.Kind.MUTATED);
    assertThat(RejectReason.BAD_CB_AMOUNT.kind()).isEqualTo(RejectReason.Kind.INVALID);
    assertThat(RejectReason.TIME_TOO_NEW.kind()).isEqualTo(RejectReason.Kind.PREMATURE);
  }
}
