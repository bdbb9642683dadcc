package org.farthing.wallet;

import org.farthing.consensus.primitives.BlockHash;

/**
 * A wallet in a few numbers.
 *
 * @param unlockedUntilSeconds seconds since 1970; 0 while it is locked or not encrypted
 */
public record WalletInfo(
    Kind kind, long unlockedUntilSeconds, int transactionCount, Reading reading) {

  /**
   * What it was made as.
   *
   * @param privateKeys false if it only watches
   * @param blank it was made without keys of its own
   * @param avoidReuse coins of addresses that were spent from before are kept apart
   * @param createdSeconds seconds since 1970
   */
  public record Kind(
      boolean privateKeys,
      boolean blank,
      boolean avoidReuse,
      boolean encrypted,
      long createdSeconds) {}

  /**
   * How far it knows the chain.
   *
   * @param height of the last block that it has seen
   * @param synchronised whether that is the chain's last block, and no blocks are to be read again
   * @param wholeHeight up to this height nothing is to be read again
   * @param progress of the reading, from 0 to 1
   */
  public record Reading(
      int height, BlockHash lastBlock, boolean synchronised, int wholeHeight, double progress) {}

  public boolean encrypted() {
    return kind.encrypted();
  }

  /** The height of the last block that it has seen. */
  public int height() {
    return reading.height();
  }

  public BlockHash lastBlock() {
    return reading.lastBlock();
  }

  public boolean synchronised() {
    return reading.synchronised();
  }

  /** Seconds since 1970. */
  public long createdSeconds() {
    return kind.createdSeconds();
  }
}
