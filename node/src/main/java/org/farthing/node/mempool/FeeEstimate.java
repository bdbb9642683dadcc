package org.farthing.node.mempool;

/**
 * What a sender should pay, and why.
 *
 * @param targetBlocks in how many blocks the payment should be confirmed
 */
public record FeeEstimate(FeeRate rate, Basis basis, int targetBlocks) {
  /** What an estimate rests on. */
  public enum Basis {
    /** More waits than fits into the blocks until then: one has to pay more than what is left. */
    MEMPOOL,
    /** The last blocks were nearly full: one has to pay what got transactions into them. */
    BLOCKS,
    /** There is room: the least fee that nodes pass on will do. */
    MINIMUM
  }
}
