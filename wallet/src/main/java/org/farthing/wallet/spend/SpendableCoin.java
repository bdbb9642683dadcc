package org.farthing.wallet.spend;

import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.wallet.descriptor.ScriptOrigin;

/**
 * A coin of the wallet that may be spent.
 *
 * @param origin a keychain whose secrets suffice to spend it
 * @param confirmed whether it is in a block; if not, it is the wallet's own change
 */
public record SpendableCoin(
    OutPoint outPoint, TxOut output, ScriptOrigin origin, boolean confirmed) {
  public long valueSat() {
    return output.valueSat();
  }

  /** The most weight units that an input which spends it takes. */
  public int inputWeight() {
    return origin.keychain().inputWeight(origin.position()).orElseThrow();
  }
}
