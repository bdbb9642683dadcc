package org.farthing.wallet.selection;

import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.script.ScriptPattern;

/** Fees and sizes. Rates are satoshis for each thousand virtual bytes, fees whole satoshis. */
public final class Fees {
  /** Nodes relay no output that costs more than its worth to spend at this rate. */
  public static final long DUST_RATE_SAT_PER_KVB = 3_000;

  /** Heavier transactions are not relayed. */
  public static final int MAX_WEIGHT = 400_000;

  /** Heavier transactions of version 3 are not relayed (BIP-0431). */
  public static final int TRUC_MAX_WEIGHT = 4 * 10_000;

  /** Nor heavier ones of version 3 that spend an output of one that waits. */
  public static final int TRUC_CHILD_MAX_WEIGHT = 4 * 1_000;

  /** What the size of an input of the usual kind is taken for, in virtual bytes. */
  private static final int WITNESS_INPUT_SIZE = 67;

  private static final int LEGACY_INPUT_SIZE = 148;

  private Fees() {}

  /** The fee of so many weight units at a rate, rounded up. */
  public static long ofWeight(long rateSatPerKvb, long weight) {
    long virtualSize = (weight + 3) / 4;
    return Math.addExact(Math.multiplyExact(rateSatPerKvb, virtualSize), 999) / 1000;
  }

  /** The least amount in satoshis that nodes relay in an output with this script. */
  public static long dustLimitSat(Script script) {
    return dustLimitSat(script, DUST_RATE_SAT_PER_KVB);
  }

  /** The same for nodes that take another rate for it. */
  public static long dustLimitSat(Script script, long rateSatPerKvb) {
    if (ScriptPattern.isUnspendable(script)) {
      return 0;
    }
    int spending = ScriptPattern.isWitnessProgram(script) ? WITNESS_INPUT_SIZE : LEGACY_INPUT_SIZE;
    int size = new TxOut(0, script).encodedSize() + spending;
    return ofWeight(rateSatPerKvb, 4L * size);
  }
}
