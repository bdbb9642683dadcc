package org.farthing.wallet;

import org.farthing.consensus.primitives.BlockHash;

/**
 * A wallet in a few numbers.
 *
 * @param unlockedUntilSeconds seconds since 1970; 0 while it is locked or not encrypted
 * @param height of the last block that it has seen
 * @param synchronised whether that is the chain's last block
 * @param createdSeconds seconds since 1970
 */
public record WalletInfo(
    boolean encrypted,
    long unlockedUntilSeconds,
    int transactionCount,
    int height,
    BlockHash lastBlock,
    boolean synchronised,
    long createdSeconds) {}
