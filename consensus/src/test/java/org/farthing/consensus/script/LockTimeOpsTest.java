package org.farthing.consensus.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.Txid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The comparisons of BIP-0065 and BIP-0112, at their boundaries. */
class LockTimeOpsTest {
  private static Transaction transaction(int version, long sequence, long lockTime) {
    TxIn input = new TxIn(new OutPoint(Txid.ZERO, 0), Script.EMPTY, (int) sequence);
    return new Transaction(version, List.of(input), List.of(), (int) lockTime);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, true",
    "100, 100, 0, true",
    "100, 99, 0, true",
    "100, 101, 0, false",
    "100, 100, 0xffffffff, false",
    "100, 100, 0xfffffffe, true",
    "499999999, 499999999, 0, true",
    "500000000, 500000000, 0, true",
    "500000000, 499999999, 0, false",
    "499999999, 500000000, 0, false",
    "0xffffffff, 0xffffffff, 0, true",
    "0xffffffff, 0x100000000, 0, false"
  })
  void lockTimes(String lockTime, String wanted, String sequence, boolean reached) {
    Transaction tx = transaction(1, Long.decode(sequence), Long.decode(lockTime));
    assertThat(LockTimeOps.isLockTimeReached(tx, 0, Long.decode(wanted))).isEqualTo(reached);
  }

  @ParameterizedTest
  @CsvSource({
    // Version, sequence of the input, operand.
    "2, 0, 0, true",
    "2, 5, 5, true",
    "2, 5, 6, false",
    "2, 0xffff, 0xffff, true",
    "1, 5, 5, false",
    "-1, 5, 5, true",
    // An input without a relative lock.
    "2, 0x80000005, 5, false",
    "2, 0x80400005, 0x400005, false",
    // An operand that asks for nothing, whatever the rest.
    "1, 0xffffffff, 0x80000000, true",
    "2, 0, 0x80000001, true",
    "2, 0, 0x1ffffffff, true",
    // Blocks are not compared with seconds.
    "2, 0x400005, 5, false",
    "2, 5, 0x400005, false",
    "2, 0x400005, 0x400005, true",
    "2, 0x400005, 0x400006, false",
    // Other bits don't count.
    "2, 0x3f0005, 5, true",
    "2, 5, 0x3f0005, true",
    "2, 5, 0x7fbf0005, true",
    "2, 5, 0x100000005, true"
  })
  void sequences(int version, String sequence, String wanted, boolean reached) {
    Transaction tx = transaction(version, Long.decode(sequence), 0);
    assertThat(LockTimeOps.isSequenceReached(tx, 0, Long.decode(wanted))).isEqualTo(reached);
  }
}
