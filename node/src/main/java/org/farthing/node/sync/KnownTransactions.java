package org.farthing.node.sync;

import java.util.List;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolEntry;

/** What a new block may be put together from: the mempool, and what nearly was in it. */
record KnownTransactions(Mempool pool, ExtraTransactions others) implements CompactReceiver.Supply {
  @Override
  public Iterable<Transaction> mempool() {
    List<MempoolEntry> entries = pool.snapshot().entries();
    return () -> entries.stream().map(MempoolEntry::transaction).iterator();
  }

  @Override
  public Iterable<Transaction> extra() {
    return others.all();
  }
}
