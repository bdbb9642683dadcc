package org.farthing.consensus.index;

import java.util.List;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.primitives.Block;

/** Holds an index against a plain count over the chain. */
interface PlainIndex {
  Indexer indexer();

  /**
   * Fails where the index says anything that is not so.
   *
   * @param now the chain that the index has caught up with
   * @param everSeen all blocks that were ever connected, or may have been
   */
  void check(IndexReader rows, ChainSnapshot now, List<Block> everSeen);
}
