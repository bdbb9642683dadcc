package org.farthing.consensus.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.chain.ChainReader;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.BlockHash;

/**
 * How far an index has come. Should the chain have lost the block (after a power failure, or
 * because an older state of it was restored), an ancestor is found again.
 *
 * @param locator the block itself, then ancestors at growing distances, the genesis last
 */
public record IndexPosition(List<BlockHash> locator) {
  public IndexPosition {
    locator = List.copyOf(locator);
    if (locator.isEmpty()) {
      throw new IllegalArgumentException("a position is a block");
    }
  }

  public static IndexPosition of(HeaderNode block) {
    List<BlockHash> locator = new ArrayList<>();
    int height = block.height();
    for (int step = 1; height > 0; step *= 2) {
      locator.add(block.ancestor(height).hash());
      height -= step;
    }
    locator.add(block.ancestor(0).hash());
    return new IndexPosition(locator);
  }

  public BlockHash best() {
    return locator.get(0);
  }

  /** The first of the blocks that the chain knows. */
  public Optional<HeaderNode> known(ChainReader chain) {
    return locator.stream().flatMap(hash -> chain.header(hash).stream()).findFirst();
  }
}
