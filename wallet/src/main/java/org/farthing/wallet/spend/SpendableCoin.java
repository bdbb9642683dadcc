package org.farthing.wallet.spend;

import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.wallet.descriptor.Descriptor;
import org.farthing.wallet.descriptor.ScriptExpression;
import org.farthing.wallet.descriptor.ScriptOrigin;

/**
 * A coin of the wallet that may be spent.
 *
 * @param confirmed whether it is in a block; if not, it is the wallet's own change
 */
public record SpendableCoin(
    OutPoint outPoint, TxOut output, ScriptOrigin origin, boolean confirmed) {
  /** Outpoint, length of the scriptSig and sequence, none of it in the witness. */
  private static final int BASE_WEIGHT = 4 * (OutPoint.SIZE + 1 + 4);

  /** A count, a signature of at most 72 bytes with its type, a public key of 33, two lengths. */
  private static final int WITNESS_WEIGHT = 1 + 1 + 72 + 1 + 33;

  /** The push of a witness program. */
  private static final int NESTED_SCRIPT_SIZE = 1 + 22;

  private static final int LEGACY_SCRIPT_SIZE = 1 + 72 + 1 + 33;

  public long valueSat() {
    return output.valueSat();
  }

  /** The most weight units that an input which spends it takes. */
  public int inputWeight() {
    Descriptor descriptor = origin.keychain().descriptor();
    if (descriptor instanceof ScriptExpression.Wpkh) {
      return BASE_WEIGHT + WITNESS_WEIGHT;
    }
    return descriptor instanceof ScriptExpression.Sh
        ? BASE_WEIGHT + 4 * NESTED_SCRIPT_SIZE + WITNESS_WEIGHT
        : BASE_WEIGHT + 4 * LEGACY_SCRIPT_SIZE + 1;
  }
}
