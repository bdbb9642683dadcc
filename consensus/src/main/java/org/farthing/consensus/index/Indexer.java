package org.farthing.consensus.index;

import org.farthing.consensus.chain.HeaderNode;

/**
 * What an index makes of blocks. The changes depend on the block, its undo data, its place and the
 * rows of its parent alone; nothing is remembered from one call to the next.
 */
public interface Indexer {
  IndexLayout layout();

  /** Whether the coins that a block spent are needed, beside the block. */
  boolean readsUndo();

  /**
   * What becomes of the rows of a block that leaves the active chain. Rows that say which block
   * they are of can stay: whoever reads them can tell, and may want to know of stale blocks too.
   */
  StaleRows staleRows();

  /** What becomes of the rows of a block that leaves the active chain. */
  enum StaleRows {
    /**
     * They stay, and the index goes back only to go forward on another branch, as in Bitcoin Core.
     */
    KEPT,
    /** They are removed, as soon as the block is not active any more. */
    REMOVED
  }

  /**
   * Adds a block, whose parent was added last. It may have been added before, on a stale branch.
   */
  void connect(IndexedBlock block, IndexUpdate update);

  /** Takes back the block that was added last, where rows are removed. */
  void disconnect(IndexedBlock block, IndexUpdate update);

  /** Does for all blocks of an update what is cheaper for many than for each. */
  default void finish(IndexUpdate update) {}

  /**
   * Where to go on after a reorganisation: at the fork, or as far below it as rows are lacking that
   * the next block needs.
   *
   * @return the fork or an ancestor; null for the beginning
   */
  default HeaderNode resume(HeaderNode fork, IndexReader rows) {
    return fork;
  }
}
