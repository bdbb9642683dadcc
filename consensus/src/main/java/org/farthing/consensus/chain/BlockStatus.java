package org.farthing.consensus.chain;

/**
 * What is known of a block beyond its header.
 *
 * @param bits a set of the flags below: the form in which the ledger keeps it
 */
public record BlockStatus(int bits) {
  /** Only the header is known. */
  public static final BlockStatus HEADER_ONLY = new BlockStatus(0);

  private static final int STORED = 1;
  private static final int CONNECTED = 2;
  private static final int FAILED = 4;

  /** The body has passed all checks that need no coins, and is in the ledger. */
  public boolean isStored() {
    return (bits & STORED) != 0;
  }

  /** The block was in the active chain at some time, so that all of it is valid. */
  public boolean wasConnected() {
    return (bits & CONNECTED) != 0;
  }

  /** The block, or one before it, breaks a rule. */
  public boolean isFailed() {
    return (bits & FAILED) != 0;
  }

  public BlockStatus withStored() {
    return new BlockStatus(bits | STORED);
  }

  public BlockStatus withConnected() {
    return new BlockStatus(bits | CONNECTED);
  }

  public BlockStatus withFailed() {
    return new BlockStatus(bits | FAILED);
  }

  public BlockStatus withoutFailed() {
    return new BlockStatus(bits & ~FAILED);
  }
}
