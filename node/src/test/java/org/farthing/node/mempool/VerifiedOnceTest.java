package org.farthing.node.mempool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.Witness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Scripts that ran when a transaction came don't run again for its block. */
class VerifiedOnceTest {
  private final PoolFixture fixture = new PoolFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private long runs() {
    return fixture.chain.chain().verifiedScripts().runsForBlocks();
  }

  private List<Transaction> payments() {
    List<Transaction> payments = new ArrayList<>();
    for (int height = 1; height <= 15; height++) {
      payments.add(fixture.payment(height, 1000));
    }
    return payments;
  }

  @Test
  void aBlockOfWaitingTransactionsRunsNoScript() {
    List<Transaction> payments = payments();
    payments.forEach(fixture::accept);
    payments.add(PoolFixture.child(payments.get(0), 500, 2));
    fixture.accept(payments.get(payments.size() - 1));
    long before = runs();
    fixture.chain.mineWith(payments.toArray(Transaction[]::new));
    fixture.settle();
    assertThat(fixture.pool.count()).isZero();
    assertThat(runs()).isEqualTo(before);
  }

  @Test
  void whatDidNotWaitIsVerified() {
    List<Transaction> payments = payments();
    payments.subList(0, 10).forEach(fixture::accept);
    long before = runs();
    fixture.chain.mineWith(payments.toArray(Transaction[]::new));
    assertThat(runs()).isEqualTo(before + 5);
  }

  @Test
  void anotherWitnessIsAnotherTransaction() {
    Transaction good = fixture.payment(1, 1000);
    fixture.accept(good);
    TxIn input = good.inputs().get(0);
    Witness wrong = Witness.of(new byte[] {1}, input.witness().item(1));
    Transaction bad =
        new Transaction(
            good.version(), List.of(input.withWitness(wrong)), good.outputs(), good.lockTime());
    Block block = fixture.chain.draft().with(bad).build();
    assertThat(fixture.chain.offer(block).isAccepted()).isFalse();
  }

  @Test
  void aReorganisationRunsThemNotAgainEither() {
    List<Transaction> payments = payments();
    payments.forEach(fixture::accept);
    fixture.chain.mineWith(payments.toArray(Transaction[]::new));
    fixture.settle();
    int height = fixture.chain.tip().height();
    fixture.chain.fork(height - 1, 2);
    fixture.settle();
    assertThat(fixture.pool.count()).isEqualTo(payments.size());
    long before = runs();
    fixture.chain.mineWith(payments.toArray(Transaction[]::new));
    assertThat(runs()).isEqualTo(before);
  }
}
