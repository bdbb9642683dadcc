package org.farthing.consensus.chain;

import java.util.List;

/** Brings a ledger into agreement with a tree of headers that has gone back to a mark. */
final class Forgetting {
  private static final int BLOCKS_AT_ONCE = 500;

  private final Ledger ledger;

  Forgetting(Ledger ledger) {
    this.ledger = ledger;
  }

  /** In parts, after each of which no header lacks its parent. */
  void apply(HeaderTree.Reverted reverted) {
    restore(reverted.changed());
    List<HeaderNode> removed = reverted.removed();
    for (int start = 0; start < removed.size(); start += BLOCKS_AT_ONCE) {
      LedgerUpdate update = new LedgerUpdate();
      int end = Math.min(start + BLOCKS_AT_ONCE, removed.size());
      removed.subList(start, end).forEach(node -> update.forgetHeader(node.key()));
      ledger.commit(update);
    }
  }

  private void restore(List<StoredHeader> changed) {
    LedgerUpdate update = new LedgerUpdate().headers(changed);
    for (StoredHeader header : changed) {
      BlockKey key = new BlockKey(header.height(), header.header().hash());
      if (!header.status().isStored()) {
        update.forget(key);
      } else if (!header.status().hasUndo()) {
        update.forgetUndo(key);
      }
    }
    ledger.commit(update);
  }
}
