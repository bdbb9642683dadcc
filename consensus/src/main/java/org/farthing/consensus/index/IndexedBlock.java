package org.farthing.consensus.index;

import org.farthing.consensus.chain.BlockKey;
import org.farthing.consensus.chain.BlockUndo;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Block;

/**
 * A block in its place.
 *
 * @param undo the coins that it spent; without any where the index does not read them
 */
public record IndexedBlock(HeaderNode node, Block block, BlockUndo undo) {
  public BlockKey key() {
    return node.key();
  }

  public int height() {
    return node.height();
  }
}
