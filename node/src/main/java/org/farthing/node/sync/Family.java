package org.farthing.node.sync;

import java.util.List;
import org.farthing.consensus.primitives.Transaction;

/**
 * A parent that pays too little by itself, and a child of it that may pay for both (BIP-0431).
 *
 * @param sender the peer that had both
 */
record Family(Transaction parent, Transaction child, long sender) {
  /** Parents first. */
  List<Transaction> transactions() {
    return List.of(parent, child);
  }

  @Override
  public String toString() {
    return "parent %s (wtxid=%s, sender=%d) + child %s (wtxid=%s, sender=%d)"
        .formatted(parent.txid(), parent.wtxid(), sender, child.txid(), child.wtxid(), sender);
  }
}
