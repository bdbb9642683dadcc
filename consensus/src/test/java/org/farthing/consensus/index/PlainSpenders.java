package org.farthing.consensus.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;

/** Of each output the active transaction that spends it, and no other. */
final class PlainSpenders implements PlainIndex {
  @Override
  public Indexer indexer() {
    return new SpenderIndexer();
  }

  @Override
  public void check(IndexReader rows, ChainSnapshot now, List<Block> everSeen) {
    SpenderIndex index = new SpenderIndex(rows);
    Map<OutPoint, SpenderIndex.Spender> active = new HashMap<>();
    for (HeaderNode node = now.tip(); node != null; node = node.parent()) {
      for (Transaction tx : now.chain().block(node.hash()).orElseThrow().transactions()) {
        SpenderIndex.Spender spender = new SpenderIndex.Spender(tx, node);
        if (!tx.isCoinbase()) {
          tx.inputs().forEach(input -> active.put(input.outPoint(), spender));
        }
      }
    }
    for (Block block : everSeen) {
      for (Transaction tx : block.transactions()) {
        for (int i = 0; i < tx.outputs().size(); i++) {
          assertThat(index.find(tx.outPoint(i), now.chain(), now.tip()))
              .isEqualTo(Optional.ofNullable(active.get(tx.outPoint(i))));
        }
      }
    }
  }
}
