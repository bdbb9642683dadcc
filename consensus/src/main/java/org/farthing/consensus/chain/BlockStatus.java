package org.farthing.consensus.chain;

/**
 * What is known of a block beyond its header.
 *
 * @param bits a set of the flags below: the form in which the ledger keeps it
 * @param transactions how many transactions the block has; 0 until its body was there once
 */
public record BlockStatus(int bits, int transactions) {
  /** Only the header is known. */
  public static final BlockStatus HEADER_ONLY = new BlockStatus(0, 0);

  private static final int STORED = 1;
  private static final int CONNECTED = 2;
  private static final int FAILED = 4;
  private static final int UNDO = 8;

  /** The body has passed all checks that need no coins, and is in the ledger. */
  public boolean isStored() {
    return (bits & STORED) != 0;
  }

  /** The coins that the block spent are in the ledger. */
  public boolean hasUndo() {
    return (bits & UNDO) != 0;
  }

  /**
   * The body has passed all checks that need no coins, whether it is still in the ledger or not.
   */
  public boolean wasStored() {
    return transactions > 0;
  }

  /** The body was stored, and has been deleted since. */
  public boolean isPruned() {
    return wasStored() && !isStored();
  }

  /** The block was in the active chain at some time, so that all of it is valid. */
  public boolean wasConnected() {
    return (bits & CONNECTED) != 0;
  }

  /** The block, or one before it, breaks a rule. */
  public boolean isFailed() {
    return (bits & FAILED) != 0;
  }

  /**
   * @param count how many transactions the body has
   */
  public BlockStatus withStored(int count) {
    return new BlockStatus(bits | STORED, count);
  }

  public BlockStatus withConnected() {
    return new BlockStatus(bits | CONNECTED | UNDO, transactions);
  }

  /** Body and undo data are deleted; what was learned from them stays. */
  public BlockStatus withPruned() {
    return new BlockStatus(bits & ~(STORED | UNDO), transactions);
  }

  public BlockStatus withFailed() {
    return new BlockStatus(bits | FAILED, transactions);
  }

  public BlockStatus withoutFailed() {
    return new BlockStatus(bits & ~FAILED, transactions);
  }
}
