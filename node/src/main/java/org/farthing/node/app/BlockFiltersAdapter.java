package org.farthing.node.app;

import java.util.Optional;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.filter.BlockFilter;
import org.farthing.consensus.index.FilterIndex;
import org.farthing.consensus.primitives.FilterHash;
import org.farthing.consensus.primitives.FilterHeader;
import org.farthing.node.indexes.IndexKind;
import org.farthing.node.indexes.Indexes;
import org.farthing.node.sync.BlockFilters;

/** The index of block filters, as peers' questions are answered from it. */
record BlockFiltersAdapter(FilterIndex index) implements BlockFilters {
  /** Empty where a node keeps no such index. */
  static Optional<BlockFilters> of(Indexes indexes) {
    return indexes
        .find(IndexKind.BLOCK_FILTERS)
        .map(index -> new BlockFiltersAdapter(new FilterIndex(index.rows())));
  }

  @Override
  public Optional<BlockFilter> filter(HeaderNode block) {
    return index.filter(block);
  }

  @Override
  public Optional<FilterHash> hash(HeaderNode block) {
    return index.hash(block);
  }

  @Override
  public Optional<FilterHeader> header(HeaderNode block) {
    return index.header(block);
  }
}
