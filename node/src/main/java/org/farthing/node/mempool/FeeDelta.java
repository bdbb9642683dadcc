package org.farthing.node.mempool;

import org.farthing.consensus.primitives.Txid;

/**
 * What the operator adds to the fee of a transaction when miners and the mempool weigh it up,
 * whether it waits or may come one day. Nobody pays it.
 *
 * @param deltaSat satoshis, of any sign, not zero
 */
public record FeeDelta(Txid txid, long deltaSat) {}
