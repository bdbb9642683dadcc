package org.farthing.consensus.chain;

/**
 * A block whose body is in the ledger.
 *
 * @param bodyBytes of the block as it travels
 * @param undoBytes of its undo data; 0 if there are none
 */
public record StoredBlock(BlockKey key, long bodyBytes, long undoBytes) {
  /** Of body and undo data together. */
  public long bytes() {
    return bodyBytes + undoBytes;
  }
}
