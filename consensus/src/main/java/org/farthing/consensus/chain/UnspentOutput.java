package org.farthing.consensus.chain;

import org.farthing.consensus.primitives.OutPoint;

/** A coin with its place. */
public record UnspentOutput(OutPoint outPoint, Coin coin) {}
