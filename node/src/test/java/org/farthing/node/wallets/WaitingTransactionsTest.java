package org.farthing.node.wallets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.chain.Owner;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.node.mempool.FeeRate;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolChain;
import org.farthing.node.mempool.MempoolOptions;
import org.farthing.testing.ChainBuilder;
import org.farthing.testing.TestKey;
import org.farthing.wallet.MempoolView;
import org.farthing.wallet.selection.SpendableCoin.Ancestry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitingTransactionsTest {
  private static final TestKey ALICE = TestKey.number(2);
  private static final long COINBASE_SAT = 50_0000_0000L;

  /** At most three transactions in one cluster. */
  private static final MempoolOptions OPTIONS = options(3, 400_000);

  private final ChainBuilder chain = ChainBuilder.regtest();
  private Mempool mempool = pool(OPTIONS);

  private static MempoolOptions options(int clusterCount, int clusterWeight) {
    MempoolOptions usual = MempoolOptions.defaults();
    return new MempoolOptions(
        usual.forms(),
        new MempoolOptions.Fees(new FeeRate(100), new FeeRate(100), new FeeRate(4_000)),
        new MempoolOptions.ClusterLimits(
            clusterCount, clusterWeight, new MempoolOptions.ChainLimits(5, 6)),
        usual.maxBytes(),
        usual.expiryMillis());
  }

  private Mempool pool(MempoolOptions options) {
    if (chain.tip().height() == 0) {
      chain.mine(110);
    }
    return new Mempool(MempoolChain.of(chain.chain()), options, Owner.UNCHECKED);
  }

  @AfterEach
  void close() {
    chain.close();
  }

  private MempoolView view() {
    return new NodeAccess(
            chain.chain()::snapshot,
            mempool::snapshot,
            transaction -> mempool.accept(transaction, chain.nowSeconds() * 1000),
            Optional.empty())
        .withPatientRate(() -> Optional.of(77L))
        .waiting();
  }

  private Transaction accept(Transaction transaction) {
    assertThat(mempool.accept(transaction, chain.nowSeconds() * 1000).isAccepted()).isTrue();
    return transaction;
  }

  /** Two outputs for Alice. */
  private Transaction parent(int height, long feeSat) {
    TxOut half = new TxOut(COINBASE_SAT / 2, ALICE.p2wpkh());
    return chain.spend(
        chain.coinbase(height), half, new TxOut(half.valueSat() - feeSat, ALICE.p2wpkh()));
  }

  private static Transaction child(Transaction parent, int index, long feeSat) {
    TxOut spent = parent.outputs().get(index);
    return ChainBuilder.spend(
        ALICE, parent.outPoint(index), spent, new TxOut(spent.valueSat() - feeSat, ALICE.p2wpkh()));
  }

  @Test
  void limitsAreTheOperators() {
    assertThat(view().limits()).isEqualTo(new MempoolView.Limits(5, 6, 4_000));
    assertThat(view().patientRate()).contains(77L);
  }

  @Test
  void whatHangsTogetherIsCounted() {
    Transaction parent = accept(parent(1, 1_000));
    Transaction left = accept(child(parent, 0, 1_000));
    Transaction right = accept(child(parent, 1, 1_000));
    MempoolView view = view();
    assertThat(view.ancestry(parent.txid())).isEqualTo(new Ancestry(1, 3));
    assertThat(view.ancestry(left.txid())).isEqualTo(new Ancestry(2, 3));
    assertThat(view.ancestry(chain.coinbase(1).txid())).isEqualTo(Ancestry.CONFIRMED);
    assertThat(view.hasChild(parent.txid())).isTrue();
    assertThat(view.hasChild(right.txid())).isFalse();
    assertThat(view.hasChild(chain.coinbase(2).txid())).isFalse();
  }

  @Test
  void aClusterHasRoomForSoManyTransactions() {
    Transaction parent = accept(parent(1, 1_000));
    Transaction left = child(parent, 0, 1_000);
    Transaction right = child(parent, 1, 1_000);
    assertThat(view().hasRoomFor(left)).isTrue();
    accept(left);
    assertThat(view().hasRoomFor(right)).isTrue();
    accept(right);
    assertThat(view().hasRoomFor(child(left, 0, 1_000))).isFalse();
    assertThat(view().hasRoomFor(parent(2, 1_000))).isTrue();
    // What takes the place of others has theirs.
    assertThat(view().hasRoomFor(child(parent, 1, 2_000))).isTrue();
  }

  @Test
  void aClusterHasRoomForSoMuchWeight() {
    Transaction parent = parent(1, 1_000);
    Transaction child = child(parent, 0, 1_000);
    mempool = pool(options(10, parent.weight() + child.weight()));
    accept(parent);
    assertThat(view().hasRoomFor(child)).isTrue();
    mempool = pool(options(10, parent.weight() + child.weight() - 1));
    accept(parent);
    assertThat(view().hasRoomFor(child)).isFalse();
  }

  @Test
  void outputsAreThoseThatNoBlockHasSpent() {
    Transaction parent = accept(parent(1, 1_000));
    OutPoint coinbase = chain.coinbase(1);
    assertThat(view().output(parent.outPoint(0))).contains(parent.outputs().get(0));
    assertThat(view().output(coinbase)).map(TxOut::valueSat).contains(COINBASE_SAT);
    assertThat(view().output(parent.outPoint(2))).isEmpty();
    chain.mineWith(parent);
    assertThat(view().output(coinbase)).isEmpty();
  }

  @Test
  void whatAncestorsLackIsAsked() {
    Transaction parent = accept(parent(1, 100));
    List<OutPoint> coins = List.of(parent.outPoint(0), parent.outPoint(1));
    long lacking = 20L * parent.virtualSize() - 100;
    assertThat(view().bumpFees(coins, 20_000))
        .isEqualTo(Map.of(coins.get(0), lacking, coins.get(1), lacking));
    assertThat(view().combinedBumpFee(coins, 20_000)).isEqualTo(lacking);
  }

  @Test
  void aPaymentThatTheMempoolHasIsPublished() {
    NodeAccess access =
        new NodeAccess(
            chain.chain()::snapshot,
            mempool::snapshot,
            transaction -> mempool.accept(transaction, chain.nowSeconds() * 1000),
            Optional.empty());
    Transaction payment = parent(1, 1_000);
    assertThat(access.publish(payment)).isEmpty();
    assertThat(access.publish(payment)).isEmpty();
    assertThat(access.mempool()).containsExactly(payment);
    Transaction poorer = chain.spend(chain.coinbase(1), Script.of(new byte[] {0x51}), COINBASE_SAT);
    assertThat(access.publish(poorer)).isPresent();
    assertThat(access.hasFilters()).isFalse();
    assertThat(access.filter(chain.tip())).isEmpty();
  }
}
