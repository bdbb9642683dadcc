package org.farthing.wallet.store;

import org.farthing.consensus.primitives.BlockHash;

/** A block of the chain by height and hash. */
public record ChainPosition(int height, BlockHash hash) {}
