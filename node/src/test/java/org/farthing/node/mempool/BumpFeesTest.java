package org.farthing.node.mempool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What waiting coins lack; the sums are done by hand from sizes and fees. */
class BumpFeesTest {
  /** Ten satoshis for each virtual byte. */
  private static final FeeRate RATE = new FeeRate(10_000);

  private static final long POOR_SAT = 150;
  private static final long RICH_SAT = 100_000;

  private final PoolFixture fixture = new PoolFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  /** What these transactions pay less than ten satoshis for each of their virtual bytes. */
  private static long lacking(MempoolEntry... entries) {
    long sat = 0;
    for (MempoolEntry entry : entries) {
      sat += 10L * entry.transaction().virtualSize() - entry.feeSat();
    }
    return sat;
  }

  private Map<OutPoint, Long> each(OutPoint... coins) {
    return BumpFees.ofEach(fixture.pool.snapshot(), List.of(coins), RATE);
  }

  private long together(OutPoint... coins) {
    return BumpFees.ofAll(fixture.pool.snapshot(), List.of(coins), RATE);
  }

  private static OutPoint output(MempoolEntry entry, int index) {
    return entry.transaction().outPoint(index);
  }

  /** A coinbase's payment to Alice, with several outputs. */
  private MempoolEntry parent(int height, long feeSat, int outputs) {
    long each = (fixture.subsidy(height) - feeSat) / outputs;
    TxOut[] outs = new TxOut[outputs];
    Arrays.fill(outs, new TxOut(each, PoolFixture.ALICE.p2wpkh()));
    long rest = fixture.subsidy(height) - feeSat - each * (outputs - 1);
    outs[0] = new TxOut(rest, PoolFixture.ALICE.p2wpkh());
    return fixture.accept(fixture.chain.spend(fixture.chain.coinbase(height), outs));
  }

  private MempoolEntry child(MempoolEntry parent, int index, long feeSat, int outputs) {
    return fixture.accept(PoolFixture.child(parent.transaction(), index, feeSat, outputs));
  }

  @Test
  void onlyWhatWaitsAndPaysLessLacksAnything() {
    MempoolEntry poor = parent(1, POOR_SAT, 1);
    MempoolEntry rich = parent(2, RICH_SAT, 1);
    OutPoint confirmed = fixture.chain.coinbase(3);
    assertThat(each(output(poor, 0), output(rich, 0), confirmed))
        .containsEntry(output(poor, 0), lacking(poor))
        .containsEntry(output(rich, 0), 0L)
        .containsEntry(confirmed, 0L);
    assertThat(lacking(poor)).isPositive();
    assertThat(together(output(poor, 0), output(rich, 0), confirmed)).isEqualTo(lacking(poor));
    assertThat(together(confirmed)).isZero();
  }

  @Test
  void allAncestorsAreLifted() {
    MempoolEntry first = parent(1, POOR_SAT, 1);
    MempoolEntry second = child(first, 0, 2 * POOR_SAT, 1);
    MempoolEntry third = child(second, 0, POOR_SAT, 1);
    assertThat(each(output(third, 0)))
        .containsEntry(output(third, 0), lacking(first, second, third));
  }

  @Test
  void whatSeveralCoinsStandOnIsLiftedOnce() {
    MempoolEntry parent = parent(1, POOR_SAT, 2);
    MempoolEntry left = child(parent, 0, POOR_SAT, 1);
    MempoolEntry right = child(parent, 1, POOR_SAT, 1);
    assertThat(each(output(left, 0), output(right, 0)))
        .containsEntry(output(left, 0), lacking(parent, left))
        .containsEntry(output(right, 0), lacking(parent, right));
    assertThat(together(output(left, 0), output(right, 0))).isEqualTo(lacking(parent, left, right));
  }

  @Test
  void whatARichChildPaysForIsAsGoodAsMined() {
    MempoolEntry parent = parent(1, POOR_SAT, 2);
    MempoolEntry rich = child(parent, 0, RICH_SAT, 1);
    MempoolEntry poor = child(rich, 0, POOR_SAT, 1);
    assertThat(each(output(parent, 1), output(poor, 0)))
        .containsEntry(output(parent, 1), 0L)
        .containsEntry(output(poor, 0), lacking(poor));
    assertThat(together(output(parent, 1), output(poor, 0))).isEqualTo(lacking(poor));
  }

  @Test
  void aRichAncestorDoesNotPayForItsDescendants() {
    MempoolEntry rich = parent(1, RICH_SAT, 1);
    MempoolEntry poor = child(rich, 0, POOR_SAT, 1);
    assertThat(each(output(poor, 0))).containsEntry(output(poor, 0), lacking(poor));
  }

  /** As in Bitcoin Core: a child is taken with its ancestors, not with its siblings. */
  @Test
  void childrenThatPayForTheirParentOnlyTogetherDontCount() {
    MempoolEntry parent = parent(1, POOR_SAT, 3);
    long missing = lacking(parent);
    for (int index = 0; index < 2; index++) {
      Transaction draft = PoolFixture.child(parent.transaction(), index, 1, 1);
      long feeSat = 10L * draft.virtualSize() + missing * 2 / 3;
      MempoolEntry child = child(parent, index, feeSat, 1);
      assertThat(lacking(child, parent)).isPositive();
    }
    assertThat(each(output(parent, 2))).containsEntry(output(parent, 2), missing);
  }

  @Test
  void whatIsReplacedDoesNotCount() {
    MempoolEntry parent = parent(1, POOR_SAT, 2);
    MempoolEntry rich = child(parent, 0, RICH_SAT, 1);
    child(rich, 0, RICH_SAT, 1);
    // Whoever spends the same output replaces the child that pays for the parent, and what follows.
    assertThat(each(output(parent, 0))).containsEntry(output(parent, 0), lacking(parent));
    assertThat(together(output(parent, 0))).isEqualTo(lacking(parent));
    assertThat(each(output(parent, 1))).containsEntry(output(parent, 1), 0L);
  }

  @Test
  void whatTheOperatorAddsToAFeeCounts() {
    MempoolEntry poor = parent(1, POOR_SAT, 1);
    fixture.pool.prioritise(poor.txid(), 100);
    assertThat(each(output(poor, 0))).containsEntry(output(poor, 0), lacking(poor) - 100);
  }
}
