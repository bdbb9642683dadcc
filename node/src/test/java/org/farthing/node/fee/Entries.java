package org.farthing.node.fee;

import java.util.List;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.mempool.MempoolEntry;

/** Waiting transactions, each another one, that nobody looks into. */
final class Entries {
  private int made;

  /**
   * @param satPerKvb paid as exactly as whole satoshis allow
   * @param height of the tip when it comes
   */
  MempoolEntry entry(long satPerKvb, int height) {
    Transaction tx =
        new Transaction(
            2,
            List.of(new TxIn(new OutPoint(Txid.ZERO, 0), Script.EMPTY, 0)),
            List.of(new TxOut(made, Script.EMPTY)),
            made++);
    // Of ten kvB, so that rates need not be rounded.
    int weight = 40_000;
    return new MempoolEntry(
        tx, new MempoolEntry.Fees(satPerKvb * 10, 0), 0, weight, 0, height, false);
  }
}
