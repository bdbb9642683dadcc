package org.farthing.consensus.chain;

import java.util.Optional;

/**
 * The chain as of one moment, for readers on any thread.
 *
 * @param tip the last connected block of the active chain
 * @param bestHeader the header with most work that is not known to be invalid; its block may be
 *     still to come
 * @param chain what block store and header tree know; see {@link ChainReader}
 */
public record ChainSnapshot(HeaderNode tip, HeaderNode bestHeader, ChainReader chain) {

  public int height() {
    return tip.height();
  }

  /**
   * The last block of the active chain that is not there as a whole any more, with body and undo
   * data. Walks down from the tip.
   */
  public Optional<HeaderNode> lastPruned() {
    HeaderNode node = tip;
    // The genesis spends nothing, and is never pruned.
    while (node.height() > 0 && isWhole(node)) {
      node = node.parent();
    }
    return node.height() > 0 ? Optional.of(node) : Optional.empty();
  }

  private boolean isWhole(HeaderNode node) {
    BlockStatus status = chain.status(node);
    return status.isStored() && status.hasUndo();
  }

  /** True where {@code node} is in the active chain. */
  public boolean isActive(HeaderNode node) {
    return node.isAncestorOf(tip);
  }
}
