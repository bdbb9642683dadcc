package org.farthing.node.fee;

/**
 * How much of a block was known beforehand.
 *
 * @param weight of its transactions without the coinbase
 * @param knownWeight of those of them that waited in the mempool
 */
public record MinedBlock(int height, long weight, long knownWeight) {}
