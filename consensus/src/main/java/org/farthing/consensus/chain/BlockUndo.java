package org.farthing.consensus.chain;

import java.util.List;

/**
 * The coins that a block spent.
 *
 * @param spent for each transaction but the coinbase, in order, the coins of its inputs, in order
 */
public record BlockUndo(List<List<Coin>> spent) {
  public BlockUndo {
    spent = spent.stream().map(List::copyOf).toList();
  }
}
