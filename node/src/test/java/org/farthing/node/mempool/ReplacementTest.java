package org.farthing.node.mempool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.farthing.node.mempool.PoolFixture.ALICE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.node.mempool.MempoolEvent.RemovalReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Transactions that push out others which spend the same outputs; and those of version 3. */
class ReplacementTest {
  private static final long FEE = 10_000;

  private final PoolFixture fixture = new PoolFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void whoPaysMorePushesOutTheOtherWithAllThatSpendsIt() {
    Transaction parent = fixture.payment(1, FEE);
    Transaction child = PoolFixture.child(parent, FEE, 1);
    fixture.accept(parent);
    fixture.accept(child);
    fixture.events.clear();

    Transaction better = fixture.payment(1, 4 * FEE);
    assertThat(fixture.pool.test(better, fixture.nowMillis).isAccepted()).isTrue();
    assertThat(fixture.pool.contains(parent.txid())).isTrue();
    fixture.accept(better);

    assertThat(fixture.pool.count()).isEqualTo(1);
    assertThat(fixture.pool.contains(better.txid())).isTrue();
    assertThat(fixture.events)
        .filteredOn(MempoolEvent.Removed.class::isInstance)
        .extracting(event -> ((MempoolEvent.Removed) event).reason())
        .containsExactly(RemovalReason.REPLACED, RemovalReason.REPLACED);
  }

  @Test
  void itPaysForWhatItPushesOutAndForItself() {
    Transaction first = fixture.payment(1, FEE);
    fixture.accept(first);

    MempoolResult less = fixture.offer(fixture.payment(1, FEE - 1));
    assertThat(less.toString())
        .startsWith("insufficient fee, rejecting replacement ")
        .endsWith("less fees than conflicting txs; 0.00009999 < 0.0001");
    long relaySat = new FeeRate(100).feeFor(first.virtualSize());
    assertThat(fixture.offer(fixture.payment(1, FEE + relaySat - 1)).reason())
        .isEqualTo("insufficient fee");
    assertThat(fixture.offer(fixture.payment(1, FEE + relaySat)).isAccepted()).isTrue();
  }

  @Test
  void itDoesNotSpendFromWhatItPushesOut() {
    Transaction parent = fixture.payment(1, FEE);
    Transaction child = PoolFixture.child(parent, FEE, 1);
    fixture.accept(parent);
    fixture.accept(child);
    Transaction both =
        PoolFixture.join(
            List.of(parent.outPoint(0), child.outPoint(0)),
            List.of(parent.outputs().get(0), child.outputs().get(0)),
            10 * FEE);

    assertThat(fixture.offer(both).reason()).isEqualTo("bad-txns-spends-conflicting-tx");
  }

  /** A parent that pays nothing lives on its child: with a worse child miners lose. */
  @Test
  void minersAreBetterOffInEveryCase() {
    Transaction parent = fixture.payment(1, 200);
    Transaction rich = PoolFixture.child(parent, 3 * FEE, 1);
    fixture.accept(parent);
    fixture.accept(rich);
    Transaction other = fixture.payment(2, 200);
    fixture.accept(other);
    Transaction joined =
        PoolFixture.join(
            List.of(parent.outPoint(0), other.outPoint(0)),
            List.of(parent.outputs().get(0), other.outputs().get(0)),
            3 * FEE + 100);

    MempoolResult result = fixture.offer(joined);
    assertThat(result.toString())
        .isEqualTo("replacement-failed, insufficient feerate: does not improve feerate diagram");
  }

  @Test
  void itPushesOutOfNoMoreThanAHundredClusters() {
    List<TxIn> inputs = new ArrayList<>();
    List<TxOut> spent = new ArrayList<>();
    Transaction fan = wide(Replacement.MAX_CLUSTERS + 1);
    fixture.chain.mineWith(fan);
    for (int i = 0; i <= Replacement.MAX_CLUSTERS; i++) {
      fixture.accept(PoolFixture.child(fan, i, 1_000, 1));
      inputs.add(new TxIn(fan.outPoint(i), Script.EMPTY, -3));
      spent.add(fan.outputs().get(i));
    }
    Transaction all =
        PoolFixture.join(inputs.stream().map(TxIn::outPoint).toList(), spent, 1_000_000);
    assertThat(fixture.offer(all).toString())
        .startsWith("too many potential replacements, rejecting replacement ")
        .endsWith("too many conflicting clusters (101 > 100)");

    Transaction fewer =
        PoolFixture.join(
            inputs.stream().limit(Replacement.MAX_CLUSTERS).map(TxIn::outPoint).toList(),
            spent.subList(0, Replacement.MAX_CLUSTERS),
            1_000_000);
    assertThat(fixture.offer(fewer).isAccepted()).isTrue();
  }

  private Transaction wide(int outputs) {
    long each = (fixture.subsidy(1) - 100_000) / outputs;
    TxOut[] outs = new TxOut[outputs];
    Arrays.fill(outs, new TxOut(each, ALICE.p2wpkh()));
    return fixture.chain.spend(fixture.chain.coinbase(1), outs);
  }

  private static Transaction ofVersion3(Transaction unsigned, TxOut spent) {
    Transaction tx =
        new Transaction(
            3,
            PoolFixture.withoutWitness(unsigned).inputs(),
            unsigned.outputs(),
            unsigned.lockTime());
    return ALICE.sign(tx, 0, List.of(spent));
  }

  @Test
  void version3HasOneRelativeOfItsOwnKindAndStaysSmall() {
    Transaction root = fixture.payment(1, FEE);
    fixture.chain.mineWith(root);
    TxOut coin = root.outputs().get(0);
    Transaction parent = ofVersion3(PoolFixture.child(root, FEE, 3), coin);
    Transaction tooLarge = ofVersion3(PoolFixture.child(root, FEE, 400), coin);
    assertThat(fixture.offer(tooLarge).toString())
        .startsWith("TRUC-violation, version=3 tx ")
        .endsWith("is too big: " + tooLarge.virtualSize() + " > 10000 virtual bytes");
    fixture.accept(parent);

    assertThat(fixture.offer(PoolFixture.child(parent, FEE, 1)).toString())
        .startsWith("TRUC-violation, non-version=3 tx ");
    Transaction largeChild =
        ofVersion3(PoolFixture.child(parent, FEE, 40), parent.outputs().get(0));
    assertThat(fixture.offer(largeChild).toString())
        .startsWith("TRUC-violation, version=3 child tx ");
    Transaction child = ofVersion3(PoolFixture.child(parent, FEE, 1), parent.outputs().get(0));
    fixture.accept(child);
    Transaction second = ofVersion3(PoolFixture.child(parent, 1, FEE, 1), parent.outputs().get(1));
    assertThat(fixture.pool.test(List.of(second, fixture.payment(2, FEE)), fixture.nowMillis))
        .extracting(result -> result.outcomes().get(second.wtxid()).toString())
        .asString()
        .contains("would exceed descendant count limit");
    Transaction grandchild = ofVersion3(PoolFixture.child(child, FEE, 1), child.outputs().get(0));
    assertThat(fixture.offer(grandchild).toString()).endsWith("would have too many ancestors");
    // Its own child may be replaced.
    fixture.accept(ofVersion3(PoolFixture.child(parent, 4 * FEE, 1), parent.outputs().get(0)));
    assertThat(fixture.pool.contains(child.txid())).isFalse();
  }

  @Test
  void asVersion3AChildPushesOutItsSiblingIfItPaysAsForReplacingIt() {
    Transaction root = fixture.payment(1, FEE);
    fixture.chain.mineWith(root);
    Transaction parent = ofVersion3(PoolFixture.child(root, FEE, 3), root.outputs().get(0));
    Transaction child = ofVersion3(PoolFixture.child(parent, FEE, 1), parent.outputs().get(0));
    fixture.accept(parent);
    fixture.accept(child);

    Transaction poor = ofVersion3(PoolFixture.child(parent, 1, FEE, 1), parent.outputs().get(1));
    assertThat(fixture.offer(poor).toString())
        .startsWith("insufficient fee (including sibling eviction), rejecting replacement ")
        .contains("not enough additional fees to relay");
    Transaction rich =
        ofVersion3(PoolFixture.child(parent, 1, 4 * FEE, 1), parent.outputs().get(1));
    MempoolResult result = fixture.offer(rich);

    assertThat(((MempoolResult.Accepted) result).replaced())
        .extracting(MempoolEntry::transaction)
        .containsExactly(child);
    assertThat(fixture.pool.contains(child.txid())).isFalse();
    assertThat(fixture.pool.contains(rich.txid())).isTrue();
  }

  @Test
  void whatPushesOutMuchIsComparedInLinearTime() {
    List<Chunk> before = new ArrayList<>();
    List<Chunk> after = new ArrayList<>();
    for (int i = 0; i < 200_000; i++) {
      before.add(chunk(1_000_000 - i, 400));
      after.add(chunk(1_000_001 - i, 401 - i % 2));
    }
    long start = System.nanoTime();
    assertThat(FeerateDiagram.of(after).isBetterThan(FeerateDiagram.of(before))).isFalse();
    after.set(0, chunk(2_000_000_000, 400));
    assertThat(FeerateDiagram.of(after).isBetterThan(FeerateDiagram.of(before))).isTrue();
    // Each corner against all corners would take minutes.
    assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
  }

  @Test
  void oneDiagramIsBetterThanAnotherOnlyIfItIsNowhereWorse() {
    FeerateDiagram low = FeerateDiagram.of(List.of(chunk(100, 100)));
    FeerateDiagram high = FeerateDiagram.of(List.of(chunk(200, 100)));
    FeerateDiagram steepButShort = FeerateDiagram.of(List.of(chunk(90, 10)));
    assertThat(high.isBetterThan(low)).isTrue();
    assertThat(low.isBetterThan(high)).isFalse();
    assertThat(low.isBetterThan(low)).isFalse();
    assertThat(steepButShort.isBetterThan(low)).isFalse();
    assertThat(low.isBetterThan(steepButShort)).isFalse();
    assertThat(FeerateDiagram.of(List.of(chunk(90, 10), chunk(10, 90))).isBetterThan(low)).isTrue();
  }

  private static Chunk chunk(long feeSat, long weight) {
    return new Chunk(new FeePerWeight(feeSat, weight), List.of(), 0, 0);
  }
}
