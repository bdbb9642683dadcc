package org.farthing.node.mempool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.farthing.node.mempool.PoolFixture.child;

import java.util.List;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.mempool.MempoolEvent.Added;
import org.farthing.node.mempool.MempoolEvent.RemovalReason;
import org.farthing.node.mempool.MempoolEvent.Removed;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MempoolReorgTest {
  private static final long FEE = 10_000;

  private final PoolFixture fixture = new PoolFixture();
  private final int forkHeight = fixture.chain.tip().height();

  @AfterEach
  void close() {
    fixture.close();
  }

  private List<Txid> waiting() {
    return fixture.pool.snapshot().entriesBestFirst().stream().map(MempoolEntry::txid).toList();
  }

  private List<Txid> removed(RemovalReason reason) {
    return fixture.events.stream()
        .filter(event -> event instanceof Removed removed && removed.reason() == reason)
        .map(event -> event.entry().txid())
        .toList();
  }

  @Test
  void whatTheOldBranchConfirmedWaitsAgain() {
    Transaction first = fixture.payment(1, FEE);
    Transaction second = child(first, FEE, 1);
    Transaction third = child(second, FEE, 1);
    fixture.chain.mineWith(first);
    fixture.chain.mineWith(second);
    fixture.accept(third);

    fixture.chain.fork(forkHeight, 3);
    fixture.settle();

    assertThat(waiting()).containsExactly(first.txid(), second.txid(), third.txid());
    assertThat(fixture.pool.snapshot().cluster(first.txid()).orElseThrow().count()).isEqualTo(3);
    assertThat(fixture.events)
        .filteredOn(event -> event instanceof Added)
        .extracting(event -> event.entry().txid())
        .containsExactly(third.txid(), first.txid(), second.txid());
  }

  @Test
  void aReorganisationIsSettledBeforeTheNextTransactionEvenIfNobodySaysSo() {
    Transaction first = fixture.payment(1, FEE);
    fixture.chain.mineWith(first);
    fixture.chain.fork(forkHeight, 2);

    fixture.accept(child(first, FEE, 1));

    assertThat(fixture.pool.count()).isEqualTo(2);
  }

  @Test
  void ofManyBlocksOnlyThoseWaitAgainThatWereToReturn() {
    Transaction deep = fixture.payment(1, FEE);
    Transaction latest = fixture.payment(2, FEE);
    fixture.chain.mineWith(deep);
    fixture.chain.mineWith(latest);
    Transaction child = child(deep, FEE, 1);
    fixture.accept(child);

    fixture.pool.returningAtMost(1, () -> fixture.chain.fork(forkHeight, 3));
    fixture.settle();

    assertThat(waiting()).containsExactly(latest.txid());
    assertThat(removed(RemovalReason.REORG)).containsExactly(child.txid());
    // And of the next ones all.
    fixture.chain.fork(forkHeight - 1, 5);
    fixture.settle();
    assertThat(waiting()).containsExactly(latest.txid());
  }

  @Test
  void whatWasNotToReturnDoesSoWhenABlockThatConfirmedItAgainIsTakenBack() {
    Transaction payment = fixture.payment(1, FEE);
    fixture.chain.mineWith(payment);

    fixture.pool.returningAtMost(0, () -> fixture.chain.fork(forkHeight, 2));
    fixture.chain.mineWith(payment);
    fixture.chain.fork(forkHeight - 1, 5);
    fixture.settle();

    assertThat(waiting()).containsExactly(payment.txid());
  }

  @Test
  void whatTheNewBranchConfirmsDoesNotWait() {
    Transaction payment = fixture.payment(1, FEE);
    fixture.chain.mineWith(payment);
    var fork = fixture.chain.tip().ancestor(forkHeight).hash();
    var side = fixture.chain.add(fixture.chain.draft(fork).with(payment).build());
    fixture.chain.mineOn(side.hash(), 1);
    fixture.settle();

    assertThat(fixture.chain.tip().height()).isEqualTo(forkHeight + 2);
    assertThat(waiting()).isEmpty();
  }

  @Test
  void whatTheNewBranchContradictsIsLostWithWhatSpentIt() {
    Transaction payment = fixture.payment(1, FEE);
    Transaction other = fixture.payment(1, 2 * FEE);
    fixture.chain.mineWith(payment);
    Transaction child = child(payment, FEE, 1);
    fixture.accept(child);
    var fork = fixture.chain.tip().ancestor(forkHeight).hash();
    var side = fixture.chain.add(fixture.chain.draft(fork).with(other).build());
    fixture.chain.mineOn(side.hash(), 1);
    fixture.settle();

    assertThat(waiting()).isEmpty();
    assertThat(removed(RemovalReason.REORG)).containsExactly(child.txid());
  }

  @Test
  void spendsOfLostAndOfImmatureCoinbasesGo() {
    // At this tip the coinbase of height 21 becomes mature; one block less, and it is not.
    fixture.chain.mine(1);
    Transaction justMature = fixture.payment(PoolFixture.MATURE + 1, FEE);
    Transaction child = child(justMature, FEE, 1);
    fixture.accept(justMature);
    fixture.accept(child);
    Transaction old = fixture.payment(1, FEE);
    fixture.accept(old);

    fixture.disconnectTip();

    assertThat(waiting()).containsExactly(old.txid());
    assertThat(removed(RemovalReason.REORG)).containsExactly(justMature.txid(), child.txid());
  }

  @Test
  void lockTimesThatTheShorterChainDoesNotReachGo() {
    fixture.chain.mine(1);
    TxOut spent = fixture.chain.coin(fixture.chain.coinbase(1)).orElseThrow().output();
    Transaction unsigned =
        new Transaction(
            2,
            List.of(new TxIn(fixture.chain.coinbase(1), Script.EMPTY, -2)),
            List.of(new TxOut(spent.valueSat() - FEE, PoolFixture.ALICE.p2wpkh())),
            forkHeight + 1);
    Transaction locked = ChainBuilder.MINER.sign(unsigned, 0, List.of(spent));
    fixture.accept(locked);

    fixture.disconnectTip();

    assertThat(waiting()).isEmpty();
    assertThat(removed(RemovalReason.REORG)).containsExactly(locked.txid());
  }
}
