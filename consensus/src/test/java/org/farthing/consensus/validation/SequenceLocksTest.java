package org.farthing.consensus.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.junit.jupiter.api.Test;

class SequenceLocksTest {
  private static final TxOut OUTPUT = new TxOut(1, Script.EMPTY);
  private static final Coin COIN = new Coin(OUTPUT, 100, false);

  /** The median time past of the block at a height: 1000 times the height. */
  private static SequenceLocks locks(int version, int sequence) {
    TxIn input = new TxIn(new OutPoint(Txid.ZERO, 0), Script.EMPTY, sequence);
    Transaction tx = new Transaction(version, List.of(input), List.of(OUTPUT), 0);
    return SequenceLocks.of(tx, List.of(COIN), height -> 1000L * height);
  }

  @Test
  void blocksAreCountedFromTheCoin() {
    assertThat(locks(2, 10).areSatisfied(109, 0)).isFalse();
    assertThat(locks(2, 10).areSatisfied(110, 0)).isTrue();
  }

  @Test
  void timeIsCountedFromTheBlockBeforeTheCoin() {
    SequenceLocks locks = locks(2, Sequence.TYPE_FLAG | 2);
    assertThat(locks.areSatisfied(101, 99_000 + 1023)).isFalse();
    assertThat(locks.areSatisfied(101, 99_000 + 1024)).isTrue();
  }

  @Test
  void oldVersionsAndTheFlagSwitchItOff() {
    assertThat(locks(1, 10).areSatisfied(101, 0)).isTrue();
    assertThat(locks(2, Sequence.DISABLE_FLAG | 10).areSatisfied(101, 0)).isTrue();
    // Versions are unsigned.
    assertThat(locks(-1, 10).areSatisfied(101, 0)).isFalse();
  }
}
