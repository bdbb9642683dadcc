package org.farthing.consensus.validation;

/**
 * What the chain before a header says of it.
 *
 * @param height of the header
 * @param medianTimePast of its parent, in seconds since 1970 (BIP-0113)
 * @param requiredBits the target that the header must name
 */
public record HeaderContext(int height, long medianTimePast, int requiredBits) {}
