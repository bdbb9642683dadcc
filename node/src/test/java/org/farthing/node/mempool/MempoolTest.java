package org.farthing.node.mempool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.farthing.node.mempool.PoolFixture.ALICE;
import static org.farthing.node.mempool.PoolFixture.child;

import java.util.List;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Witness;
import org.farthing.node.mempool.MempoolEvent.RemovalReason;
import org.farthing.node.mempool.MempoolEvent.Removed;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MempoolTest {
  private static final long FEE = 10_000;

  private PoolFixture fixture = new PoolFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void takesAPaymentInAndShowsIt() {
    Transaction payment = fixture.payment(1, FEE);

    MempoolEntry entry = fixture.accept(payment);

    assertThat(entry.feeSat()).isEqualTo(FEE);
    assertThat(entry.sigOpCost()).isEqualTo(1);
    assertThat(entry.virtualSize()).isEqualTo(payment.virtualSize());
    assertThat(entry.spendsCoinbase()).isTrue();
    assertThat(fixture.pool.contains(payment.txid())).isTrue();
    assertThat(fixture.pool.contains(payment.wtxid())).isTrue();
    assertThat(fixture.pool.spender(payment.inputs().get(0).outPoint())).contains(entry);
    assertThat(fixture.pool.coins().coin(payment.outPoint(0)).orElseThrow().output())
        .isEqualTo(payment.outputs().get(0));
    MempoolSnapshot snapshot = fixture.pool.snapshot();
    assertThat(snapshot.count()).isEqualTo(1);
    assertThat(snapshot.virtualSize()).isEqualTo(payment.virtualSize());
    assertThat(snapshot.totalFeeSat()).isEqualTo(FEE);
    assertThat(snapshot.entries()).containsExactly(entry);
    assertThat(fixture.events).containsExactly(new MempoolEvent.Added(entry, 1));
  }

  @Test
  void aTestChangesNothing() {
    Transaction payment = fixture.payment(1, FEE);

    assertThat(fixture.pool.test(payment, fixture.nowMillis).isAccepted()).isTrue();

    assertThat(fixture.pool.count()).isZero();
    assertThat(fixture.events).isEmpty();
  }

  @Test
  void refusesWhatWaitsAlready() {
    Transaction payment = fixture.payment(1, FEE);
    fixture.accept(payment);

    assertThat(fixture.offer(payment).reason()).isEqualTo("txn-already-in-mempool");
    TxIn other = payment.inputs().get(0).withWitness(Witness.of(new byte[] {1}));
    Transaction otherWitness =
        new Transaction(2, List.of(other), payment.outputs(), payment.lockTime());
    assertThat(fixture.offer(otherWitness).reason())
        .isEqualTo("txn-same-nonwitness-data-in-mempool");
  }

  @Test
  void refusesWhatIsConfirmedAlready() {
    Transaction payment = fixture.payment(1, FEE);
    fixture.chain.mineWith(payment);

    assertThat(fixture.offer(payment).reason()).isEqualTo("txn-already-known");
  }

  @Test
  void namesTheOutputsThatAreMissing() {
    Transaction parent = fixture.payment(1, FEE);
    Transaction orphan = child(parent, FEE, 1);

    MempoolResult result = fixture.offer(orphan);

    assertThat(result.reason()).isEqualTo("bad-txns-inputs-missingorspent");
    assertThat(((MempoolResult.MissingInputs) result).missing())
        .containsExactly(parent.outPoint(0));
    fixture.accept(parent);
    fixture.accept(orphan);
    assertThat(fixture.offer(spendsNothing(parent)).reason())
        .isEqualTo("bad-txns-inputs-missingorspent");
  }

  private static Transaction spendsNothing(Transaction parent) {
    TxOut spent = parent.outputs().get(0);
    return ChainBuilder.spend(
        ALICE,
        new OutPoint(parent.txid(), 7),
        spent,
        new TxOut(spent.valueSat() - FEE, ALICE.p2wpkh()));
  }

  @Test
  void refusesImmatureCoinbasesAndUnaffordableOutputs() {
    assertThat(fixture.offer(fixture.payment(PoolFixture.MATURE + 1, FEE)).reason())
        .isEqualTo("bad-txns-premature-spend-of-coinbase");
    assertThat(fixture.offer(fixture.payment(1, -1)).reason()).isEqualTo("bad-txns-in-belowout");
  }

  @Test
  void refusesLowFeesWithBothNumbers() {
    Transaction payment = fixture.payment(1, 5);

    MempoolResult result = fixture.offer(payment);

    // 100 satoshis for each 1000 virtual bytes, rounded up.
    int vsize = payment.virtualSize();
    assertThat(vsize).isEqualTo(110);
    assertThat(result).hasToString("min relay fee not met, 5 < 11");
    fixture.accept(fixture.payment(1, 11));
  }

  @Test
  void refusesWrongSignaturesByTheScriptsError() {
    Transaction good = fixture.payment(1, FEE);
    TxIn input = good.inputs().get(0);
    byte[] signature = input.witness().item(0);
    signature[12] ^= 1;
    TxIn spoilt = input.withWitness(Witness.of(signature, input.witness().item(1)));
    Transaction bad = new Transaction(2, List.of(spoilt), good.outputs(), good.lockTime());

    assertThat(fixture.offer(bad))
        .hasToString(
            "mempool-script-verify-flag-failed (Signature must be zero for failed"
                + " CHECK(MULTI)SIG operation), input 0 of %s (wtxid %s), spending %s"
                    .formatted(bad.txid(), bad.wtxid(), input.outPoint()));
  }

  @Test
  void tellsAStrippedWitnessFromAWrongOne() {
    Transaction stripped = PoolFixture.withoutWitness(fixture.payment(1, FEE));

    MempoolResult.Refused refused = (MempoolResult.Refused) fixture.offer(stripped);

    assertThat(refused.reasonCode().kind()).isEqualTo(PolicyReason.Kind.WITNESS_STRIPPED);
    assertThat(refused.reason())
        .isEqualTo("mempool-script-verify-flag-failed (Witness program hash mismatch)");
  }

  @Test
  void refusesClustersOfMoreThan64() {
    Transaction last = fixture.payment(1, FEE);
    fixture.accept(last);
    for (int i = 1; i < 64; i++) {
      last = child(last, FEE, 1);
      fixture.accept(last);
    }

    assertThat(fixture.offer(child(last, FEE, 1)).reason()).isEqualTo("too-large-cluster");
    assertThat(fixture.pool.snapshot().cluster(last.txid()).orElseThrow().count()).isEqualTo(64);
  }

  @Test
  void joinsAndSplitsClusters() {
    Transaction left = fixture.payment(1, FEE);
    Transaction right = fixture.payment(2, FEE);
    fixture.accept(left);
    fixture.accept(right);
    Transaction joined =
        PoolFixture.join(
            List.of(left.outPoint(0), right.outPoint(0)),
            List.of(left.outputs().get(0), right.outputs().get(0)),
            FEE);
    fixture.accept(joined);
    MempoolSnapshot before = fixture.pool.snapshot();
    assertThat(before.cluster(left.txid())).isEqualTo(before.cluster(right.txid()));
    assertThat(before.cluster(left.txid()).orElseThrow().count()).isEqualTo(3);

    fixture.chain.mineWith(left);

    MempoolSnapshot after = fixture.pool.snapshot();
    assertThat(after.cluster(left.txid())).isEmpty();
    assertThat(after.cluster(right.txid()).orElseThrow().count()).isEqualTo(2);
    assertThat(before.count()).isEqualTo(3);
    assertThat(after.parents(after.get(joined.txid()).orElseThrow()))
        .extracting(MempoolEntry::txid)
        .containsExactly(right.txid());
  }

  @Test
  void aBlockRemovesWhatItConfirmsAndWhatItContradicts() {
    Transaction confirmed = fixture.payment(1, FEE);
    Transaction stays = child(confirmed, FEE, 1);
    Transaction contradicted = fixture.payment(2, FEE);
    Transaction falls = child(contradicted, FEE, 1);
    List.of(confirmed, stays, contradicted, falls).forEach(fixture::accept);
    fixture.events.clear();

    fixture.chain.mineWith(confirmed, fixture.payment(2, 2 * FEE));

    assertThat(txids()).containsExactly(stays.txid());
    assertThat(fixture.events)
        .extracting(MempoolTest::removal)
        .containsExactlyInAnyOrder(
            new Removal(confirmed.txid(), RemovalReason.BLOCK),
            new Removal(contradicted.txid(), RemovalReason.CONFLICT),
            new Removal(falls.txid(), RemovalReason.CONFLICT));
  }

  private record Removal(Txid txid, RemovalReason reason) {}

  private static Removal removal(MempoolEvent event) {
    Removed removed = (Removed) event;
    return new Removal(removed.entry().txid(), removed.reason());
  }

  private List<Txid> txids() {
    return fixture.pool.snapshot().entries().stream().map(MempoolEntry::txid).toList();
  }

  @Test
  void transactionsExpireWithWhatSpendsThem() {
    Transaction old = fixture.payment(1, FEE);
    fixture.accept(old);
    fixture.nowMillis += 3_600_000L;
    Transaction young = child(old, FEE, 1);
    Transaction other = fixture.payment(2, FEE);
    fixture.accept(young);
    fixture.accept(other);
    fixture.nowMillis += 335 * 3_600_000L;
    fixture.pool.expire(fixture.nowMillis);
    assertThat(fixture.pool.count()).isEqualTo(3);

    fixture.nowMillis += 1;
    fixture.pool.expire(fixture.nowMillis);

    assertThat(txids()).containsExactly(other.txid());
    assertThat(removal(fixture.events.get(3)).reason()).isEqualTo(RemovalReason.EXPIRY);
  }

  @Test
  void evictsWhatPaysLeastAndAsksForMore() {
    fixture.close();
    int usage = 4 * 1500;
    fixture = new PoolFixture(MempoolOptions.defaults().withMaxBytes(usage));
    Transaction cheap = fixture.payment(1, 1_000);
    fixture.accept(cheap);
    Transaction child = child(cheap, 1_100, 1);
    fixture.accept(child);
    int height = 2;
    while (fixture.pool.contains(cheap.txid())) {
      fixture.accept(fixture.payment(height++, 5_000));
    }

    MempoolSnapshot full = fixture.pool.snapshot();
    assertThat(full.usageBytes()).isLessThanOrEqualTo(usage);
    // Parent and child left together, and 100 sat/kvB more are asked for.
    int vsize = (cheap.weight() + child.weight() + 3) / 4;
    assertThat(full.minimumFee(fixture.nowMillis)).isEqualTo(new FeeRate(2_100_000 / vsize + 100));
    fixture.accept(fixture.payment(height++, 5_000));
    assertThat(fixture.offer(fixture.payment(height, 1_000)).reason())
        .isEqualTo("mempool min fee not met");
    assertThat(fixture.offer(fixture.payment(height, 1_100)).reason()).isEqualTo("mempool full");
    fixture.accept(fixture.payment(height, 6_000));
  }

  @Test
  void theMinimumFeeFallsByHalvesAfterABlock() {
    fixture.close();
    fixture = new PoolFixture(MempoolOptions.defaults().withMaxBytes(1));
    assertThat(fixture.offer(fixture.payment(1, 11_000)).reason()).isEqualTo("mempool full");
    FeeRate raised = new FeeRate(100_100);
    fixture.nowMillis += 100 * 3_600_000L;
    assertThat(fixture.pool.snapshot().minimumFee(fixture.nowMillis)).isEqualTo(raised);

    fixture.chain.mine(1);
    fixture.settle();
    // The mempool is empty: the half-life is a quarter of twelve hours.
    fixture.nowMillis += 3 * 3_600_000L;

    assertThat(fixture.pool.snapshot().minimumFee(fixture.nowMillis))
        .isEqualTo(new FeeRate(50_050));
    fixture.nowMillis += 48 * 3_600_000L;
    assertThat(fixture.pool.snapshot().minimumFee(fixture.nowMillis)).isEqualTo(new FeeRate(100));
  }

  @Test
  void hidesSpentCoinsFromTheUnspent() {
    Transaction parent = fixture.payment(1, FEE);
    Transaction child = child(parent, FEE, 1);
    fixture.accept(parent);
    fixture.accept(child);

    var unspent =
        fixture
            .pool
            .snapshot()
            .unspent(fixture.chain.chain().coins(), fixture.chain.tip().height());

    assertThat(unspent.coin(parent.inputs().get(0).outPoint())).isEmpty();
    assertThat(unspent.coin(parent.outPoint(0))).isEmpty();
    assertThat(unspent.coin(child.outPoint(0))).isPresent();
    assertThat(unspent.coin(fixture.chain.coinbase(2))).isPresent();
  }

  @Test
  void lockTimesMustHavePassedAtTheNextBlock() {
    int tip = fixture.chain.tip().height();
    assertThat(fixture.offer(locked(tip + 1, -2)).reason()).isEqualTo("non-final");
    assertThat(fixture.offer(locked(tip + 1, -1)).isAccepted()).isTrue();
    fixture.chain.mine(1);
    long medianTime = fixture.chain.tip().medianTimePast();
    assertThat(fixture.pool.test(locked((int) medianTime, -2), fixture.nowMillis).reason())
        .isEqualTo("non-final");
    assertThat(fixture.pool.test(locked((int) medianTime - 1, -2), fixture.nowMillis).reason())
        .isEqualTo("insufficient fee");
  }

  @Test
  void relativeLockTimesMustHavePassedAtTheNextBlock() {
    int age = fixture.chain.tip().height() + 1 - 1;
    assertThat(fixture.offer(locked(0, age + 1)).reason()).isEqualTo("non-BIP68-final");
    assertThat(fixture.offer(locked(0, age)).isAccepted()).isTrue();
  }

  private Transaction locked(int lockTime, int sequence) {
    TxOut spent = fixture.chain.coin(fixture.chain.coinbase(1)).orElseThrow().output();
    Transaction unsigned =
        new Transaction(
            2,
            List.of(new TxIn(fixture.chain.coinbase(1), Script.EMPTY, sequence)),
            List.of(new TxOut(spent.valueSat() - FEE, ALICE.p2wpkh())),
            lockTime);
    return ChainBuilder.MINER.sign(unsigned, 0, List.of(spent));
  }
}
