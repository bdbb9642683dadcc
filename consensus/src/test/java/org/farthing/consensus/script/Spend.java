package org.farthing.consensus.script;

import java.util.List;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;

/** A transaction, the outputs that it spends, and the rules to judge it by. */
record Spend(Transaction transaction, List<TxOut> spent, ScriptFlags flags) {
  /** The first error of any input. */
  ScriptError verdict() {
    PrecomputedTransaction precomputed = PrecomputedTransaction.of(transaction, spent);
    for (int i = 0; i < spent.size(); i++) {
      ScriptError error = ScriptVerifier.verify(precomputed, i, flags);
      if (error != ScriptError.OK) {
        return error;
      }
    }
    return ScriptError.OK;
  }

  @Override
  public String toString() {
    return flags + " " + Hex.encode(transaction.serialize()) + " " + spent;
  }
}
