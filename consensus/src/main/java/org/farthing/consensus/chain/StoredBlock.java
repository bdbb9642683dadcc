package org.farthing.consensus.chain;

/**
 * A block whose body is in the ledger.
 *
 * @param bytes of body and undo data together
 */
public record StoredBlock(BlockKey key, long bytes) {}
