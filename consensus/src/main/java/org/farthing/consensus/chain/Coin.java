package org.farthing.consensus.chain;

import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.consensus.validation.SpentOutput;

/**
 * An unspent output.
 *
 * @param height of the block that made it
 * @param coinbase made by a coinbase, so that it has to mature
 */
public record Coin(TxOut output, int height, boolean coinbase) implements SpentOutput {
  /** False where no script whatever can spend the output: it is no coin then. */
  public static boolean canBeSpent(TxOut output) {
    return !ScriptPattern.isUnspendable(output.scriptPubKey());
  }

  /** Written out, as what a record makes of itself at run time would hold up each start. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Coin that
        && height == that.height
        && coinbase == that.coinbase
        && output.equals(that.output);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * output.hashCode() + height) + Boolean.hashCode(coinbase);
  }
}
