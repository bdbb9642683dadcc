package org.farthing.node.fee;

/**
 * What was seen of transactions with similar feerates, in numbers that decay with time.
 *
 * @param startRate in satoshis for each 1000 virtual bytes, not in the range itself
 * @param endRate the highest in the range
 * @param withinTarget that were confirmed in time
 * @param confirmed that were confirmed at all
 * @param waiting that wait for so long already, now
 * @param left that went away after that time without being confirmed
 */
public record BucketRange(
    double startRate,
    double endRate,
    double withinTarget,
    double confirmed,
    int waiting,
    double left) {}
