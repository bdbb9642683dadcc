package org.farthing.consensus.chain;

import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.validation.SpentOutput;

/**
 * An unspent output.
 *
 * @param height of the block that made it
 * @param coinbase made by a coinbase, so that it has to mature
 */
public record Coin(TxOut output, int height, boolean coinbase) implements SpentOutput {
  private static final int OP_RETURN = 0x6a;

  /** A longer script fails before it runs. */
  private static final int MAX_SCRIPT_SIZE = 10_000;

  /** False where no script whatever can spend the output: it is no coin then. */
  public static boolean canBeSpent(TxOut output) {
    int size = output.scriptPubKey().size();
    boolean saysNever = size > 0 && output.scriptPubKey().byteAt(0) == OP_RETURN;
    return !saysNever && size <= MAX_SCRIPT_SIZE;
  }
}
