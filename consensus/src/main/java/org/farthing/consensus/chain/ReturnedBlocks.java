package org.farthing.consensus.chain;

import java.util.HashMap;
import java.util.Map;

/**
 * Blocks that came again after they had been pruned. Somebody asked for them, so they are not the
 * next to go: they stay for as long as the block that was the tip when they came, as in Bitcoin
 * Core, where they stand in one file with it. A restart forgets this. For the owner of the chain.
 */
final class ReturnedBlocks {
  private final Map<BlockKey, Integer> tips = new HashMap<>();

  /**
   * @param tipHeight of the active chain when it came
   */
  void add(BlockKey block, int tipHeight) {
    tips.put(block, tipHeight);
  }

  /** The height with which a block goes. */
  int goesWith(BlockKey block) {
    return tips.getOrDefault(block, block.height());
  }

  /** It is gone again. */
  void remove(BlockKey block) {
    tips.remove(block);
  }
}
