package org.farthing.wallet.history;

import org.farthing.consensus.primitives.BlockHash;

/** Where a transaction of the wallet stands. */
public sealed interface TxState {
  /** Whether it may be, or may become, part of the chain, as far as blocks and owner decide. */
  default boolean isActive() {
    return this instanceof Confirmed || this instanceof Pending;
  }

  /**
   * In a block of the active chain.
   *
   * @param position in the block; the coinbase has 0
   * @param blockTimeSeconds as in the header
   */
  record Confirmed(BlockHash block, int height, int position, long blockTimeSeconds)
      implements TxState {}

  /** Waiting for a block, in the mempool or not. */
  record Pending() implements TxState {
    public static final Pending INSTANCE = new Pending();
  }

  /**
   * A block of the active chain spends one of its inputs, or of its ancestors' inputs, otherwise.
   *
   * @param block the block that does
   */
  record Conflicted(BlockHash block, int height) implements TxState {}

  /** Given up by the owner, or the coinbase of a block that the chain left. */
  record Abandoned() implements TxState {
    public static final Abandoned INSTANCE = new Abandoned();
  }
}
