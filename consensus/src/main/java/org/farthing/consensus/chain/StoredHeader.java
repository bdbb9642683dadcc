package org.farthing.consensus.chain;

import org.farthing.consensus.primitives.BlockHeader;

/** A header as the ledger keeps it. */
public record StoredHeader(BlockHeader header, int height, BlockStatus status) {}
