package org.farthing.consensus.validation;

/**
 * What the chain before a header says of it.
 *
 * @param height of the header
 * @param parentTimeSeconds the time that its parent names, in seconds since 1970
 * @param medianTimePast of its parent, in seconds since 1970 (BIP-0113)
 * @param requiredBits the target that the header must name
 */
public record HeaderContext(
    int height, long parentTimeSeconds, long medianTimePast, int requiredBits) {}
