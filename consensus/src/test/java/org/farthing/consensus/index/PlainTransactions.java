package org.farthing.consensus.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;

/** Each transaction of the active chain is found in its block; others nowhere in that chain. */
final class PlainTransactions implements PlainIndex {
  @Override
  public Indexer indexer() {
    return new TxIndexer();
  }

  @Override
  public void check(IndexReader rows, ChainSnapshot now, List<Block> everSeen) {
    TxIndex index = new TxIndex(rows);
    Map<Txid, HeaderNode> active = new HashMap<>();
    for (HeaderNode node = now.tip(); node.height() > 0; node = node.parent()) {
      for (Transaction tx : now.chain().block(node.hash()).orElseThrow().transactions()) {
        active.put(tx.txid(), node);
      }
    }
    for (Block block : everSeen) {
      for (Transaction tx : block.transactions()) {
        Optional<TxIndex.Found> found = index.find(tx.txid(), now);
        found.ifPresent(f -> assertThat(f.transaction()).isEqualTo(tx));
        assertThat(found.map(TxIndex.Found::block).filter(now::isActive))
            .isEqualTo(Optional.ofNullable(active.get(tx.txid())));
      }
    }
  }
}
