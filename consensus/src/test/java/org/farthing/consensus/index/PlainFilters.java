package org.farthing.consensus.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.filter.BlockFilter;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.FilterHeader;

/** The filters of the active chain, made again, and the headers that chain them. */
final class PlainFilters implements PlainIndex {
  @Override
  public Indexer indexer() {
    return new FilterIndexer();
  }

  @Override
  public void check(IndexReader rows, ChainSnapshot now, List<Block> everSeen) {
    FilterIndex index = new FilterIndex(rows);
    FilterHeader header = FilterHeader.ZERO;
    for (int height = 0; height <= now.height(); height++) {
      HeaderNode node = now.tip().ancestor(height);
      Block block = now.chain().block(node.hash()).orElseThrow();
      BlockFilter expected = BlockFilter.of(block, now.chain().undo(node.hash()).orElseThrow());
      header = header.next(expected.hash());
      assertThat(index.filter(node).orElseThrow().encoded()).isEqualTo(expected.encoded());
      assertThat(index.hash(node)).contains(expected.hash());
      assertThat(index.header(node)).contains(header);
    }
  }
}
