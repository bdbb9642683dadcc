package org.farthing.node.sync;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.farthing.consensus.chain.HeaderNode;

/**
 * The blocks of a branch one after another, lowest first. Blocks know only those before them: the
 * way is looked up piece by piece, since who walks it seldom goes far.
 */
final class BranchWalk implements Iterator<HeaderNode> {
  private static final int PIECE = 128;

  private final HeaderNode best;
  private final int end;
  private HeaderNode[] piece = {};

  /** Of the piece. */
  private int next;

  private int height;

  /**
   * @param best the end of the branch, or a block after that of the walk
   * @param start an ancestor, or {@code best} itself; the walk begins with the block after it
   * @param most how many blocks to walk
   */
  BranchWalk(HeaderNode best, HeaderNode start, int most) {
    this.best = best;
    height = start.height();
    end = Math.min(best.height(), height + most);
  }

  @Override
  public boolean hasNext() {
    return height < end;
  }

  @Override
  public HeaderNode next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (next == piece.length) {
      lookUp(Math.min(PIECE, end - height));
    }
    height++;
    return piece[next++];
  }

  private void lookUp(int count) {
    piece = new HeaderNode[count];
    next = 0;
    HeaderNode node = best.ancestor(height + count);
    for (int i = count - 1; i >= 0; i--) {
      piece[i] = node;
      node = node.parent();
    }
  }
}
