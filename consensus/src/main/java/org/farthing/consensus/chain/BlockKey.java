package org.farthing.consensus.chain;

import org.farthing.consensus.primitives.BlockHash;

/**
 * Where the ledger keeps what it knows of a block: by height first, so that parents stand before
 * their children, and what is old together.
 */
public record BlockKey(int height, BlockHash hash) {}
