package org.farthing.consensus.index;

import java.util.Optional;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.filter.BlockFilter;
import org.farthing.consensus.primitives.FilterHash;
import org.farthing.consensus.primitives.FilterHeader;

/**
 * Filters of blocks that are or were in the active chain, from the rows of {@link FilterIndexer}.
 */
public record FilterIndex(IndexReader rows) {
  /** Empty as long as the index has not seen the block. */
  public Optional<BlockFilter> filter(HeaderNode block) {
    return rows.get(FilterIndexer.FILTERS, block.key())
        .map(encoded -> BlockFilter.decode(block.hash(), encoded));
  }

  /** Empty as long as the index has not seen the block. */
  public Optional<FilterHeader> header(HeaderNode block) {
    return rows.get(FilterIndexer.LINKS, block.key()).map(FilterIndexer.Link::header);
  }

  /** Empty as long as the index has not seen the block. */
  public Optional<FilterHash> hash(HeaderNode block) {
    return rows.get(FilterIndexer.LINKS, block.key()).map(FilterIndexer.Link::hash);
  }
}
