package org.farthing.node.mempool;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.mempool.MempoolEvent.RemovalReason;

/**
 * What has to go when a block comes.
 *
 * @param entries in the order of the block: each of its transactions, then what that leaves without
 *     coins
 * @param settled transactions that need no priority any more: those of the block, and those that
 *     spend the same
 */
record BlockRemovals(Map<MempoolEntry, RemovalReason> entries, List<Txid> settled) {
  BlockRemovals {
    entries = Collections.unmodifiableMap(entries);
    settled = List.copyOf(settled);
  }

  static BlockRemovals of(Block block, PoolIndex index) {
    Map<MempoolEntry, RemovalReason> gone = new LinkedHashMap<>();
    List<Txid> settled = new ArrayList<>();
    boolean isAnythingWaiting = index.entries().size() > 0;
    for (Transaction tx : block.transactions()) {
      settled.add(tx.txid());
      if (!isAnythingWaiting) {
        continue;
      }
      Optional<MempoolEntry> confirmed = index.get(tx.txid());
      if (confirmed.isPresent()) {
        // No other one waits that spends the same.
        gone.put(confirmed.get(), RemovalReason.BLOCK);
        continue;
      }
      Set<MempoolEntry> rivals = index.rivals(tx);
      rivals.forEach(entry -> settled.add(entry.txid()));
      index
          .withDescendants(rivals)
          .forEach(entry -> gone.putIfAbsent(entry, RemovalReason.CONFLICT));
    }
    return new BlockRemovals(gone, settled);
  }
}
