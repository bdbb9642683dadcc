package org.farthing.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.junit.jupiter.api.Test;

class ExtraTransactionsTest {
  private static Transaction transaction(int number, int scriptSize) {
    return new Transaction(
        2,
        List.of(new TxIn(new OutPoint(Txid.ZERO, number), Script.EMPTY, 0)),
        List.of(new TxOut(0, Script.of(new byte[scriptSize]))),
        0);
  }

  @Test
  void theLastOnesAreKept() {
    ExtraTransactions extra = new ExtraTransactions(2);
    extra.replaced(transaction(1, 0));
    extra.refused(transaction(2, 0));
    extra.replaced(transaction(3, 0));
    assertThat(extra.all()).containsExactly(transaction(2, 0), transaction(3, 0));
  }

  @Test
  void noneAreKeptWhereNoneAreWanted() {
    ExtraTransactions extra = new ExtraTransactions(0);
    extra.replaced(transaction(1, 0));
    extra.refused(transaction(2, 0));
    assertThat(extra.all()).isEmpty();
  }

  @Test
  void largeOnesThatWereRefusedAreNotKept() {
    ExtraTransactions extra = new ExtraTransactions(5);
    int rest = transaction(1, 1000).totalSize() - 1000 + 2;
    Transaction small = transaction(1, ExtraTransactions.MAX_REFUSED_BYTES - rest - 1);
    Transaction large = transaction(2, ExtraTransactions.MAX_REFUSED_BYTES - rest);
    assertThat(large.totalSize()).isEqualTo(ExtraTransactions.MAX_REFUSED_BYTES);
    extra.refused(small);
    extra.refused(large);
    assertThat(extra.all()).containsExactly(small);
    extra.replaced(large);
    assertThat(extra.all()).containsExactly(small, large);
  }
}
