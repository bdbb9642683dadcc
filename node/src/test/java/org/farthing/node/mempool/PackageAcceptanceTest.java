package org.farthing.node.mempool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.farthing.node.mempool.PoolFixture.child;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.node.mempool.PackageResult.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PackageAcceptanceTest {
  private final PoolFixture fixture = new PoolFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private PackageResult offer(Transaction... transactions) {
    return fixture.pool.accept(List.of(transactions), Optional.empty(), fixture.nowMillis);
  }

  private static Outcome of(PackageResult result, Transaction transaction) {
    return result.outcomes().get(transaction.wtxid());
  }

  private static String failure(PackageResult result, Transaction transaction) {
    return ((Outcome.Failed) of(result, transaction)).result().reason();
  }

  @Test
  void aChildPaysForItsParent() {
    Transaction parent = fixture.payment(1, 0);
    Transaction child = child(parent, 1_000, 1);
    assertThat(fixture.offer(parent).reason()).isEqualTo("min relay fee not met");

    PackageResult result = offer(parent, child);

    assertThat(result.isAccepted()).isTrue();
    long vsize = (long) parent.virtualSize() + child.virtualSize();
    for (Transaction each : List.of(parent, child)) {
      Outcome.Accepted accepted = (Outcome.Accepted) of(result, each);
      assertThat(accepted.rate()).isEqualTo(new FeeRate(1_000 * 1000 / vsize));
      assertThat(accepted.countedWith()).containsExactly(parent.wtxid(), child.wtxid());
      assertThat(fixture.pool.contains(each.txid())).isTrue();
    }
  }

  @Test
  void aTestSaysWhatIsKnownUpToTheFirstWhoseScriptsFail() {
    Transaction parent = fixture.payment(1, 1_000);
    Transaction spoilt = PoolFixture.withoutWitness(child(parent, 1_000, 1));
    Transaction last = fixture.payment(2, 1_000);

    PackageResult result = fixture.pool.test(List.of(parent, spoilt, last), fixture.nowMillis);

    assertThat(result.fault()).contains(PackageResult.TRANSACTION_FAILED);
    assertThat(of(result, parent)).isInstanceOf(Outcome.Accepted.class);
    assertThat(failure(result, spoilt)).startsWith("mempool-script-verify-flag-failed");
    assertThat(of(result, last)).isNull();
    assertThat(fixture.pool.count()).isZero();
  }

  @Test
  void togetherTheyMustPayEnough() {
    Transaction parent = fixture.payment(1, 0);
    Transaction child = child(parent, 20, 1);
    PackageResult result = offer(parent, child);
    assertThat(result.fault()).contains(PackageResult.TRANSACTION_FAILED);
    assertThat(failure(result, parent)).isEqualTo("min relay fee not met");
    assertThat(failure(result, child)).isEqualTo("min relay fee not met");
    assertThat(fixture.pool.count()).isZero();
  }

  @Test
  void whoPaysForHimselfIsTakenAlone() {
    Transaction parent = fixture.payment(1, 500);
    Transaction child = child(parent, 5_000, 1);
    Outcome.Accepted accepted = (Outcome.Accepted) of(offer(parent, child), parent);
    assertThat(accepted.countedWith()).containsExactly(parent.wtxid());
    PackageResult again = offer(parent, child);
    assertThat(again.isAccepted()).isTrue();
    assertThat(of(again, child)).isInstanceOf(Outcome.Waits.class);
  }

  @Test
  void theParentOfARichChildDoesNotHelpAPoorChild() {
    Transaction rich = fixture.payment(1, 5_000);
    Transaction poor = child(rich, 10, 1);
    PackageResult result = offer(rich, poor);
    assertThat(of(result, rich)).isInstanceOf(Outcome.Accepted.class);
    assertThat(failure(result, poor)).isEqualTo("min relay fee not met");
    assertThat(fixture.pool.contains(rich.txid())).isTrue();
  }

  @Test
  void whatCannotBeCuredByOthersEndsIt() {
    Transaction parent = fixture.payment(1, 0);
    Transaction child = PoolFixture.withoutWitness(child(parent, 5_000, 1));
    PackageResult result = offer(parent, child);
    assertThat(result.isAccepted()).isFalse();
    assertThat(failure(result, child)).contains("script");
    assertThat(fixture.pool.count()).isZero();
  }

  @Test
  void aPackageReplacesWhatItPaysFor() {
    Transaction old = fixture.accept(fixture.payment(1, 1_000)).transaction();
    Transaction parent = fixture.payment(1, 0);
    Transaction cheap = child(parent, 1_001, 1);
    PackageResult result = offer(parent, cheap);
    assertThat(result.fault().orElseThrow().reason())
        .isEqualTo("package RBF failed: insufficient anti-DoS fees");
    assertThat(fixture.pool.contains(old.txid())).isTrue();

    Transaction generous = child(parent, 3_000, 1);
    Outcome.Accepted accepted = (Outcome.Accepted) of(offer(parent, generous), parent);
    assertThat(accepted.replaced()).extracting(MempoolEntry::transaction).containsExactly(old);
    assertThat(fixture.pool.contains(old.txid())).isFalse();
    assertThat(fixture.pool.contains(generous.txid())).isTrue();
  }

  /** By less than what a rate in whole satoshis for a thousand bytes can show. */
  @Test
  void theChildOfAPackageThatReplacesPaysMoreByAnyAmount() {
    TxOut part = new TxOut((fixture.subsidy(1) - 300) / 60, PoolFixture.ALICE.p2wpkh());
    fixture.accept(
        fixture.chain.spend(
            fixture.chain.coinbase(1), Collections.nCopies(60, part).toArray(new TxOut[0])));
    Transaction parent = fixture.payment(1, 100);
    long childSize = child(parent, 1, 60).virtualSize();
    long equal = 100 * childSize / parent.virtualSize();

    Transaction poor = child(parent, equal, 60);
    assertThat(offer(parent, poor).fault().orElseThrow().reason())
        .contains("package feerate is less than or equal to parent feerate");

    Transaction better = child(parent, equal + 1, 60);
    long bothSat = 100 + equal + 1;
    assertThat(FeeRate.of(bothSat, parent.virtualSize() + childSize))
        .isEqualTo(FeeRate.of(100, parent.virtualSize()));
    assertThat(offer(parent, better).isAccepted()).isTrue();
  }

  @Test
  void theFormOfAPackage() {
    Transaction parent = fixture.payment(1, 0);
    Transaction child = child(parent, 5_000, 1);
    Transaction stranger = fixture.payment(2, 5_000);
    assertThat(reason(child, parent)).isEqualTo("package-not-sorted");
    assertThat(reason(parent, parent)).isEqualTo("package-contains-duplicates");
    assertThat(reason(parent, stranger)).isEqualTo("package-not-child-with-parents");
    assertThat(reason(parent, child, child(parent, 6_000, 1))).isEqualTo("conflict-in-package");
    Transaction[] many = new Transaction[PackageForm.MAX_COUNT + 1];
    for (int i = 0; i < many.length; i++) {
      many[i] = stranger;
    }
    assertThat(reason(many)).isEqualTo("package-too-many-transactions");
    assertThat(fixture.pool.count()).isZero();
  }

  private String reason(Transaction... transactions) {
    PackageResult result = offer(transactions);
    assertThat(result.outcomes()).isEmpty();
    return result.fault().orElseThrow().reason();
  }

  @Test
  void severalAreTestedOneAfterTheOtherAndNothingChanges() {
    Transaction parent = fixture.payment(1, 500);
    Transaction child = child(parent, 500, 1);
    PackageResult result = fixture.pool.test(List.of(parent, child), fixture.nowMillis);
    assertThat(result.isAccepted()).isTrue();
    assertThat(result.outcomes()).hasSize(2);
    assertThat(fixture.pool.count()).isZero();

    fixture.accept(parent);
    Transaction rival = fixture.payment(1, 50_000);
    Transaction other = child(rival, 500, 1);
    PackageResult replacing = fixture.pool.test(List.of(rival, other), fixture.nowMillis);
    assertThat(failure(replacing, rival)).isEqualTo("bip125-replacement-disallowed");
    assertThat(replacing.outcomes()).hasSize(1);
  }

  @Test
  void thePackageHashDoesNotDependOnTheOrder() {
    Transaction one = fixture.payment(1, 0);
    Transaction other = fixture.payment(2, 0);
    assertThat(PackageHash.of(List.of(one, other))).isEqualTo(PackageHash.of(List.of(other, one)));
    assertThat(PackageHash.of(List.of(one))).isNotEqualTo(PackageHash.of(List.of(other)));
  }

  /** What is replaced may hang together with more transactions than one cluster can have. */
  @Test
  void aReplacementTouchesSeveralLargeClusters() {
    List<OutPoint> coins = new ArrayList<>();
    List<TxOut> spent = new ArrayList<>();
    for (int height = 1; height <= 2; height++) {
      Transaction root = fixture.accept(fixture.payment(height, 1_000)).transaction();
      Transaction fan = fixture.accept(child(root, 2_000, 45)).transaction();
      for (int i = 0; i < 44; i++) {
        fixture.accept(child(fan, i, 400, 1));
      }
      // The last output of the fan is spent by one transaction in each cluster, and by the rival.
      fixture.accept(child(fan, 44, 300, 1));
      coins.add(fan.outPoint(44));
      spent.add(fan.outputs().get(44));
    }
    Transaction rival = PoolFixture.join(coins.subList(0, 1), spent.subList(0, 1), 20_000);
    assertThat(fixture.offer(rival).isAccepted()).isTrue();
    Transaction both = PoolFixture.join(coins, spent, 60_000);
    assertThat(fixture.offer(both).reason())
        .as("together they would be more than one cluster can have")
        .isEqualTo("too-large-cluster");
  }

  /** Transactions of our own are remembered until a peer asks for them. */
  @Test
  void whatIsToBeBroadcastIsRememberedUntilSomebodyAsks() {
    Transaction one = fixture.payment(1, 1_000);
    Transaction other = fixture.payment(2, 1_000);
    fixture.accept(one);
    fixture.accept(other);
    fixture.pool.toBeBroadcast(one.txid());
    fixture.pool.toBeBroadcast(other.txid());
    assertThat(fixture.pool.snapshot().unbroadcast())
        .containsExactlyInAnyOrder(one.txid(), other.txid());
    fixture.pool.wasBroadcast(one.txid());
    assertThat(fixture.pool.snapshot().unbroadcast()).containsExactly(other.txid());
    fixture.accept(fixture.payment(2, 50_000));
    assertThat(fixture.pool.snapshot().unbroadcast()).isEmpty();
  }

  @Test
  void whoWasToldEarlierMayAskForWhatWasThereThen() {
    Transaction tx = fixture.payment(1, 1_000);
    long before = fixture.pool.snapshot().sequence();
    fixture.accept(tx);
    assertThat(fixture.pool.waitsSinceBefore(tx.txid(), before)).isFalse();
    long after = fixture.pool.snapshot().sequence();
    assertThat(fixture.pool.waitsSinceBefore(tx.txid(), after)).isTrue();
    assertThat(fixture.pool.waitsSinceBefore(fixture.payment(2, 1).txid(), after)).isFalse();
  }
}
