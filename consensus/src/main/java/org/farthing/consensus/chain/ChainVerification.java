package org.farthing.consensus.chain;

/**
 * What came of checking stored blocks again.
 *
 * @param blocks how many were checked, from the tip downwards
 * @param level how thoroughly: 0 to 4, see {@link ChainVerifier}
 * @param transactions how many of them agreed with the coins, at level 3 and 4
 * @param problem what is wrong or was left out, in Bitcoin Core's words; empty if nothing
 */
public record ChainVerification(
    Outcome outcome, int blocks, int level, int transactions, String problem) {
  /** Bitcoin Core's {@code -checklevel} and {@code -checkblocks}. */
  public static final int DEFAULT_LEVEL = 3;

  public static final int DEFAULT_BLOCKS = 6;

  public boolean isSound() {
    return outcome == Outcome.SOUND;
  }

  /** Whether the ledger can be trusted. */
  public enum Outcome {
    /** All that was asked for is as it should be. */
    SOUND,
    /** All that was checked is, but pruned blocks could not be. */
    MISSING_BLOCKS,
    /** All that was checked is, but the coins did not fit in memory. */
    SKIPPED_COINS,
    /** All that was checked is, but somebody wanted to stop. */
    INTERRUPTED,
    /** Something is wrong. */
    CORRUPT
  }
}
