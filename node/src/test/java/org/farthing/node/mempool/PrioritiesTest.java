package org.farthing.node.mempool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the operator adds to the fees of transactions. */
class PrioritiesTest {
  private static final long FEE = 10_000;

  private PoolFixture fixture = new PoolFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private List<Transaction> order() {
    return fixture.pool.snapshot().entriesBestFirst().stream()
        .map(MempoolEntry::transaction)
        .toList();
  }

  @Test
  void whoIsPreferredIsMinedFirstButPaysNoMore() {
    Transaction first = fixture.payment(1, FEE);
    Transaction second = fixture.payment(2, 2 * FEE);
    fixture.accept(first);
    fixture.accept(second);
    fixture.events.clear();
    long changes = fixture.pool.snapshot().changes();
    assertThat(order()).containsExactly(second, first);

    assertThat(fixture.pool.prioritise(first.txid(), FEE)).isEqualTo(FEE);
    assertThat(fixture.pool.prioritise(first.txid(), FEE)).isEqualTo(2 * FEE);

    assertThat(order()).containsExactly(first, second);
    MempoolEntry entry = fixture.pool.get(first.wtxid()).orElseThrow();
    assertThat(entry.feeSat()).isEqualTo(FEE);
    assertThat(entry.modifiedFeeSat()).isEqualTo(3 * FEE);
    assertThat(fixture.pool.spender(first.inputs().get(0).outPoint())).contains(entry);
    assertThat(fixture.pool.snapshot().totalFeeSat()).isEqualTo(3 * FEE);
    assertThat(fixture.pool.snapshot().feeDeltas())
        .containsExactly(new FeeDelta(first.txid(), 2 * FEE));
    assertThat(fixture.pool.snapshot().changes()).isEqualTo(changes + 2);
    assertThat(fixture.events).isEmpty();

    assertThat(fixture.pool.prioritise(first.txid(), -2 * FEE)).isZero();
    assertThat(fixture.pool.snapshot().feeDeltas()).isEmpty();
    assertThat(order()).containsExactly(second, first);
  }

  @Test
  void aChildCarriesItsParentWithIt() {
    Transaction parent = fixture.payment(1, FEE);
    Transaction child = PoolFixture.child(parent, FEE, 1);
    Transaction other = fixture.payment(2, 3 * FEE);
    fixture.accept(parent);
    fixture.accept(child);
    fixture.accept(other);
    assertThat(order()).containsExactly(other, parent, child);

    fixture.pool.prioritise(child.txid(), 10 * FEE);

    assertThat(order()).containsExactly(parent, child, other);
  }

  @Test
  void whoHasNotComeYetIsTakenInAtTheFeeThatCounts() {
    Transaction poor = fixture.payment(1, 5);
    Transaction rich = fixture.payment(2, FEE);
    fixture.pool.prioritise(poor.txid(), 6);
    fixture.pool.prioritise(rich.txid(), 10 - FEE);
    assertThat(fixture.pool.snapshot().changes()).isEqualTo(1);

    assertThat(fixture.accept(poor).modifiedFeeSat()).isEqualTo(11);
    assertThat(fixture.offer(rich)).hasToString("min relay fee not met, 10 < 11");
    assertThat(fixture.pool.snapshot().feeDeltas()).hasSize(2);
  }

  @Test
  void replacementsAreMeasuredByWhatCounts() {
    Transaction first = fixture.payment(1, FEE);
    Transaction better = fixture.payment(1, 4 * FEE);
    fixture.accept(first);
    fixture.pool.prioritise(first.txid(), 3 * FEE);

    assertThat(fixture.offer(better).toString())
        .contains("not enough additional fees to relay; 0.00 < 0.00000011");
    fixture.pool.prioritise(better.txid(), 11);
    fixture.accept(better);

    // The other one may come back: what was said of it holds.
    assertThat(fixture.pool.snapshot().feeDeltas()).hasSize(2);
  }

  @Test
  void blocksForgetThoseTheyHaveAndThoseTheyMakeImpossible() {
    Transaction waiting = fixture.payment(1, FEE);
    Transaction contradicted = fixture.payment(2, FEE);
    Transaction absent = fixture.payment(3, FEE);
    Transaction other = fixture.payment(4, FEE);
    fixture.accept(waiting);
    fixture.accept(contradicted);
    for (Transaction each : List.of(waiting, contradicted, absent, other)) {
      fixture.pool.prioritise(each.txid(), FEE);
    }

    fixture.chain.mineWith(waiting, fixture.payment(2, 2 * FEE), absent);

    assertThat(fixture.pool.snapshot().feeDeltas())
        .containsExactly(new FeeDelta(other.txid(), FEE));
  }

  @Test
  void whatAReorganisationFreesComesBackAtTheFeeThatCounts() {
    Transaction payment = fixture.payment(1, FEE);
    fixture.chain.mineWith(payment);
    fixture.pool.prioritise(payment.txid(), -FEE);
    int height = fixture.chain.tip().height();

    fixture.chain.fork(height - 1, 2);
    fixture.settle();

    assertThat(fixture.pool.get(payment.txid()).orElseThrow().modifiedFeeSat()).isZero();
  }

  /** The order decides, not what is paid: the rich one that counts for little has to go. */
  @Test
  void evictionTakesWhoCountsLeast() {
    MempoolOptions options = MempoolOptions.defaults();
    fixture.close();
    fixture = new PoolFixture(options.withMaxBytes(4_000));
    Transaction rich = fixture.payment(1, 5 * FEE);
    fixture.accept(rich);
    fixture.pool.prioritise(rich.txid(), -5 * FEE + 20);
    fixture.accept(fixture.payment(2, FEE));
    fixture.accept(fixture.payment(3, FEE));
    assertThat(fixture.pool.contains(rich.txid())).isFalse();
    assertThat(fixture.pool.count()).isEqualTo(2);
  }

  @Test
  void dustIsForThoseWhoNeitherPayNorArePreferred() {
    Transaction dusty =
        fixture.chain.spend(
            fixture.chain.coinbase(1),
            new TxOut(fixture.subsidy(1) - 1, PoolFixture.ALICE.p2wpkh()),
            new TxOut(1, PoolFixture.ALICE.p2wpkh()));
    fixture.pool.prioritise(dusty.txid(), Amount.COIN);

    assertThat(fixture.offer(dusty).reason()).isEqualTo("dust");
  }
}
