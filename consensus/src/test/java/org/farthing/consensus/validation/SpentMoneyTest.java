package org.farthing.consensus.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.junit.jupiter.api.Test;

/** Money and maturity of what a transaction spends, each at its edge. */
class SpentMoneyTest {
  private static final ConsensusParams PARAMS = ConsensusParams.regtest();

  private static Transaction paying(long... sat) {
    TxIn input = new TxIn(new OutPoint(Txid.ZERO, 0), Script.EMPTY, Sequence.FINAL);
    List<TxOut> outputs =
        Arrays.stream(sat).mapToObj(value -> new TxOut(value, Script.EMPTY)).toList();
    return new Transaction(2, List.of(input), outputs, 0);
  }

  private static Coin coin(long sat) {
    return new Coin(new TxOut(sat, Script.EMPTY), 1, false);
  }

  private static String spend(Transaction tx, int height, Coin... coins) {
    return TxChecks.inUtxoContext(tx, List.of(coins), height, PARAMS)
            instanceof Verdict.Rejected rejected
        ? rejected.toString()
        : "";
  }

  /** A coinbase of block 5 may be spent in block 105, a hundred later. */
  @Test
  void maturity() {
    Coin reward = new Coin(new TxOut(10, Script.EMPTY), 5, true);
    assertThat(spend(paying(10), 105, reward)).isEmpty();
    assertThat(spend(paying(10), 104, reward))
        .isEqualTo("bad-txns-premature-spend-of-coinbase, tried to spend coinbase at depth 99");
    assertThat(spend(paying(10), 1, coin(10))).isEmpty();
  }

  @Test
  void nothingIsMadeOfNothing() {
    assertThat(spend(paying(3, 7), 9, coin(4), coin(6))).isEmpty();
    assertThat(spend(paying(3, 6), 9, coin(4), coin(6))).isEmpty();
    assertThat(spend(paying(3, 8), 9, coin(4), coin(6)))
        .isEqualTo("bad-txns-in-belowout, value in (0.00000010) < value out (0.00000011)");
    assertThat(TxChecks.fee(paying(3, 6), List.of(coin(4), coin(6)))).isEqualTo(1);
    assertThat(TxChecks.fee(paying(10), List.of(coin(10)))).isZero();
    assertThat(TxChecks.valueOut(paying(3, 6))).isEqualTo(9);
  }

  /** No more than 21 million coins, in one output or together (CVE-2010-5139). */
  @Test
  void allTheMoneyThereIs() {
    long all = Amount.MAX_MONEY;
    assertThat(spend(paying(0), 9, coin(all))).isEmpty();
    assertThat(spend(paying(0), 9, coin(all), coin(0))).isEmpty();
    for (Coin[] coins : List.of(coins(all + 1), coins(-1), coins(all, 1), coins(1, all))) {
      assertThat(spend(paying(0), 9, coins)).isEqualTo("bad-txns-inputvalues-outofrange");
    }
    assertThat(inIsolation(paying(all))).isTrue();
    assertThat(inIsolation(paying(all - 1, 1))).isTrue();
    assertThat(inIsolation(paying(all, 1))).isFalse();
    assertThat(inIsolation(paying(all + 1))).isFalse();
    assertThat(inIsolation(paying(-1))).isFalse();
    assertThat(inIsolation(paying(0))).isTrue();
  }

  private static Coin[] coins(long... sat) {
    return Arrays.stream(sat).mapToObj(SpentMoneyTest::coin).toArray(Coin[]::new);
  }

  private static boolean inIsolation(Transaction tx) {
    return TxChecks.inIsolation(tx).isAccepted();
  }
}
