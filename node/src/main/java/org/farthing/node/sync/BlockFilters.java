package org.farthing.node.sync;

import java.util.Optional;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.filter.BlockFilter;
import org.farthing.consensus.primitives.FilterHash;
import org.farthing.consensus.primitives.FilterHeader;

/** The basic filters of blocks (BIP-0158), as far as they have been made. Any thread. */
public interface BlockFilters {
  Optional<BlockFilter> filter(HeaderNode block);

  Optional<FilterHash> hash(HeaderNode block);

  Optional<FilterHeader> header(HeaderNode block);
}
