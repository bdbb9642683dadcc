package org.farthing.consensus.chain;

import org.farthing.consensus.primitives.TxOut;

/**
 * An unspent output.
 *
 * @param height of the block that made it
 * @param coinbase made by a coinbase, so that it has to mature
 */
public record Coin(TxOut output, int height, boolean coinbase) {}
