package org.farthing.consensus.script;

import org.farthing.consensus.primitives.LockTime;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;

/** The comparisons of CHECKLOCKTIMEVERIFY (BIP-0065) and CHECKSEQUENCEVERIFY (BIP-0112). */
public final class LockTimeOps {
  private static final long THRESHOLD = Integer.toUnsignedLong(LockTime.THRESHOLD);
  private static final long DISABLE_FLAG = Integer.toUnsignedLong(Sequence.DISABLE_FLAG);

  private LockTimeOps() {}

  /** Whether the transaction is locked for at least so long, in the same unit. */
  public static boolean isLockTimeReached(Transaction transaction, int inputIndex, long wanted) {
    long actual = Integer.toUnsignedLong(transaction.lockTime());
    return (actual < THRESHOLD) == (wanted < THRESHOLD)
        && wanted <= actual
        // With a final input the transaction's lock time would be out of force.
        && transaction.inputs().get(inputIndex).sequence() != Sequence.FINAL;
  }

  /**
   * Whether the input is locked relatively for at least so long, in the same unit, or the operand
   * asks for nothing.
   */
  public static boolean isSequenceReached(Transaction transaction, int inputIndex, long wanted) {
    if ((wanted & DISABLE_FLAG) != 0) {
      return true;
    }
    int actual = transaction.inputs().get(inputIndex).sequence();
    if (Integer.compareUnsigned(transaction.version(), 2) < 0
        || (actual & Sequence.DISABLE_FLAG) != 0) {
      return false;
    }
    int mask = Sequence.TYPE_FLAG | Sequence.MASK;
    int maskedWanted = (int) wanted & mask;
    int maskedActual = actual & mask;
    return (maskedActual < Sequence.TYPE_FLAG) == (maskedWanted < Sequence.TYPE_FLAG)
        && maskedWanted <= maskedActual;
  }
}
