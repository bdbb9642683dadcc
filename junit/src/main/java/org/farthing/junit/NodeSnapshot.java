package org.farthing.junit;

import org.farthing.node.app.NodeMark;

/**
 * A {@link RegtestNode} as it was once: chain, mempool, wallets and clock. {@link
 * RegtestNode#revert} goes back to it, as often as one likes.
 */
public final class NodeSnapshot {
  private final RegtestNode node;
  private final NodeMark mark;

  NodeSnapshot(RegtestNode node, NodeMark mark) {
    this.node = node;
    this.mark = mark;
  }

  NodeMark markOf(RegtestNode asking) {
    if (asking != node) {
      throw new IllegalArgumentException("the snapshot is of " + node + ", not of " + asking);
    }
    return mark;
  }

  @Override
  public String toString() {
    return "snapshot of " + node;
  }
}
